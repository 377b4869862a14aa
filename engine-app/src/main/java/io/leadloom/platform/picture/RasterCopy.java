package io.leadloom.platform.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Draws a raster picture anew: what it hid between its dots, and what it was named, is gone. */
final class RasterCopy {

  /** A file of few bytes can hold a picture of very many dots; cameras make up to 50 million. */
  private static final int LONGEST_SIDE = 12_000;

  private static final long MOST_DOTS = 50_000_000;

  /** One at a time: many large pictures at once would take the memory of everybody. */
  private static final Object ONE = new Object();

  private final String field;
  private final String format;

  RasterCopy(String field, String format) {
    this.field = field;
    this.format = format;
  }

  byte[] copy(byte[] file, int longestSide) {
    try {
      synchronized (ONE) {
        BufferedImage read = read(file, longestSide);
        int turns = format.equals("jpeg") ? ExifOrientation.of(file) : 1;
        BufferedImage drawn = draw(read, longestSide, turns);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(drawn, format, out);
        return out.toByteArray();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Picture.refused(field, "a " + format + " file that cannot be read");
    }
  }

  /** Skips dots while reading, so that a large picture takes no more memory than a small one. */
  private BufferedImage read(byte[] file, int longestSide) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width < 1
          || height < 1
          || width > LONGEST_SIDE
          || height > LONGEST_SIDE
          || (long) width * height > MOST_DOTS) {
        throw Picture.refused(field, "a picture of " + width + " by " + height + " dots");
      }
      ImageReadParam every = reader.getDefaultReadParam();
      int step = Math.max(1, Math.max(width, height) / (2 * longestSide));
      every.setSourceSubsampling(step, step, 0, 0);
      return reader.read(0, every);
    } finally {
      reader.dispose();
    }
  }

  private BufferedImage draw(BufferedImage read, int longestSide, int orientation) {
    double scale =
        Math.min(1.0, (double) longestSide / Math.max(read.getWidth(), read.getHeight()));
    int width = Math.max(1, (int) Math.round(read.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(read.getHeight() * scale));
    boolean lying = orientation >= 5;
    boolean clear = format.equals("png") && read.getColorModel().hasAlpha();
    BufferedImage drawn =
        new BufferedImage(
            lying ? height : width,
            lying ? width : height,
            clear ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = drawn.createGraphics();
    try {
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      pen.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
      pen.transform(upright(orientation, width, height));
      pen.drawImage(read, 0, 0, width, height, null);
    } finally {
      pen.dispose();
    }
    return drawn;
  }

  /** How a picture that a camera took on its side is turned and mirrored, by the eight values of EXIF. */
  private static AffineTransform upright(int orientation, int width, int height) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
  }
}
