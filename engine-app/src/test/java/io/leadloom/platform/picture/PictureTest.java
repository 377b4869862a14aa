package io.leadloom.platform.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.RefusedException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in as a picture is one, and goes out as nothing more. */
class PictureTest {

  private static byte[] raster(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    // Red at the top left, blue elsewhere, so that turning shows.
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        boolean corner = x < width / 2 && y < height / 2;
        image.setRGB(x, y, (corner ? Color.RED : Color.BLUE).getRGB());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  private static BufferedImage read(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.content()));
  }

  private static String cleaned(String svg) {
    return new String(
        Picture.of("logo", svg.getBytes(StandardCharsets.UTF_8), 100).content(),
        StandardCharsets.UTF_8);
  }

  @Test
  void largePicturesBecomeSmallOnesOfTheSameShape() throws IOException {
    Picture picture = Picture.of("logo", raster("png", 3_000, 1_500), 512);
    assertThat(picture.mediaType()).isEqualTo("image/png");
    assertThat(read(picture).getWidth()).isEqualTo(512);
    assertThat(read(picture).getHeight()).isEqualTo(256);
  }

  @Test
  void whatIsHiddenBehindThePictureIsGone() throws IOException {
    byte[] plain = raster("png", 20, 20);
    byte[] hiding = new byte[plain.length + 30];
    System.arraycopy(plain, 0, hiding, 0, plain.length);
    System.arraycopy(
        "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8), 0, hiding, plain.length, 25);
    Picture picture = Picture.of("logo", hiding, 512);
    assertThat(new String(picture.content(), StandardCharsets.ISO_8859_1)).doesNotContain("script");
  }

  @Test
  void aPhotoTakenOnItsSideStandsUpright() throws IOException {
    byte[] jpeg = raster("jpeg", 80, 40);
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] turned = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, turned, 0, 2);
    System.arraycopy(exif, 0, turned, 2, exif.length);
    System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);
    BufferedImage upright = read(Picture.of("photo", turned, 512));
    assertThat(upright.getWidth()).isEqualTo(40);
    assertThat(upright.getHeight()).isEqualTo(80);
    // Turned to the right by a quarter, the red corner is at the top right.
    assertThat(new Color(upright.getRGB(35, 5)).getRed()).isGreaterThan(200);
    assertThat(new Color(upright.getRGB(5, 5)).getRed()).isLessThan(60);
  }

  @Test
  void aSmallFileWithVeryManyDotsIsRefusedBeforeItIsDrawn() {
    byte[] header = {
      (byte) 0x89,
      'P',
      'N',
      'G',
      '\r',
      '\n',
      0x1a,
      '\n',
      0,
      0,
      0,
      13,
      'I',
      'H',
      'D',
      'R',
      0,
      0,
      (byte) 0xff,
      (byte) 0xff,
      0,
      0,
      (byte) 0xff,
      (byte) 0xff,
      8,
      2,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    CRC32 sum = new CRC32();
    sum.update(header, 12, 17);
    for (int i = 0; i < 4; i++) {
      header[29 + i] = (byte) (sum.getValue() >> (24 - 8 * i));
    }
    assertThatThrownBy(() -> Picture.of("logo", header, 512)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg' onload='MARK'><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>MARK</script><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:MARK'><path d='M0 0'/></a><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>MARK</p></foreignObject><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='https://MARK.example/x.png'/><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://MARK.example'; path{}</style><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path style='fill:url(https://MARK.example)' d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><use href='https://example.org/MARK#a'/><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><animate attributeName='href' to='javascript:MARK'/><path d='M0 0'/></svg>",
        "<?xml version='1.0'?><?xml-stylesheet href='MARK.css'?><!-- MARK --><svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><style>@im<!-- -->port 'https://MARK.example';</style><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><style>path{fill:image-set('https://MARK.example' 1x)}</style><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><style>path{fill:image('https://MARK.example')}</style><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path style='fill:-webkit-image-set(&quot;https://MARK.example&quot; 1x)' d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path style='mask:src(&quot;https://MARK.example&quot;)' d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/gif;base64,MARK'/><path d='M0 0'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><use href='#%4dMARK'/><path d='M0 0'/></svg>",
        "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/MARK'>]><svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"
      })
  void anSvgKeepsItsShapesAndNothingThatActs(String svg) {
    assertThat(cleaned(svg)).contains("<path").doesNotContain("MARK").doesNotContain("script");
  }

  @Test
  void anSvgKeepsColoursGradientsAndTheLinksWithinIt() {
    String svg =
        cleaned(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'>"
                + "<defs><linearGradient id='g'><stop stop-color='#fff'/></linearGradient></defs>"
                + "<style>.a{fill:red}</style><rect class='a' style='stroke:url(#g)'/><use xlink:href='#g'/></svg>");
    assertThat(svg)
        .contains("viewBox", "linearGradient", ".a{fill:red}", "stroke:url(#g)", "href=\"#g\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg'>",
        "<svg/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><style><g/>@import 'https://example.org';</style></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><g id='a'><use href='#a'/></g></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/png;base64,R0lGODlh'/></svg>",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        "GIF89a",
        "",
        "<svg xmlns='http://www.w3.org/2000/svg'>&unknown;</svg"
      })
  void whatIsNoPictureIsRefused(String file) {
    assertThatThrownBy(() -> cleaned(file)).isInstanceOf(RefusedException.class);
  }

  @Test
  void aCutPictureIsRefusedWithAReason() throws IOException {
    byte[] png = raster("png", 50, 50);
    byte[] cut = Arrays.copyOf(png, 40);
    assertThatThrownBy(() -> Picture.of("logo", cut, 512)).isInstanceOf(RefusedException.class);
  }

  /** Twelve groups of which each draws the one before ten times, in the ways that SVG has. */
  private static String multiplied(String group, String use) {
    StringBuilder svg = new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg'><style>");
    for (int i = 0; i <= 12; i++) {
      svg.append(".c%d{fill:url('#g%d')}".formatted(i, i));
    }
    svg.append("</style><g id='g0'><path d='M0 0'/></g>");
    for (int i = 1; i <= 12; i++) {
      svg.append(group.formatted(i)).append(use.replace("%d", "" + (i - 1)).repeat(10));
      svg.append("</").append(group, 1, group.indexOf(' ')).append('>');
    }
    return svg.append("</svg>").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<g id=\"g%d\">|<use href=\"#g%d\"/>",
        "<pattern id=\"g%d\">|<path fill=\"url(#g%d)\" d=\"M0 0\"/>",
        "<pattern id=\"g%d\">|<path class=\"x c%d\" d=\"M0 0\"/>",
        "<mask id=\"g%d\">|<path style=\"mask:url( '#g%d' )\" d=\"M0 0\"/>",
        "<pattern id=\"g%d\">|<g fill=\"url(#g%d)\"><path d=\"M0 0\"/></g>",
      })
  void anSvgThatDrawsItsPartsBillionsOfTimesIsRefused(String group, String use) {
    assertThatThrownBy(() -> cleaned(multiplied(group, use)))
        .isInstanceOf(RefusedException.class)
        .extracting(e -> ((RefusedException) e).violations().toString())
        .asString()
        .contains("draws too many");
  }

  @Test
  void aStyleThatRefersForMoreThanClassesIsLeftOut() {
    assertThat(
            cleaned(
                "<svg xmlns='http://www.w3.org/2000/svg'><style>/* } .a { */*{fill:url(#p)}</style>"
                    + "<style>.a{--x:&quot;}.b{&quot;;fill:url(#p)}</style><path d='M0 0'/></svg>"))
        .contains("<path")
        .doesNotContain("url(");
  }

  @Test
  void aStyleKeepsGradientsOfClasses() {
    assertThat(
            cleaned(
                "<svg xmlns='http://www.w3.org/2000/svg'><style>.a, .b{fill:url(#g);font-family:'Open Sans'}</style>"
                    + "<linearGradient id='g'/><path class='a' d='M0 0' transform='translate(1,2) rotate(3)'/></svg>"))
        .contains("fill:url(#g)", "class=\"a\"", "translate(1,2) rotate(3)");
  }

  @Test
  void rasterPicturesWithinAnSvgAreDrawnAnewAndSmaller() throws IOException {
    String png = Base64.getEncoder().encodeToString(raster("png", 400, 200));
    String svg =
        cleaned(
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/png;base64,"
                + png
                + "'/></svg>");
    String data = svg.replaceAll("(?s).*base64,([^\"]*)\".*", "$1");
    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
    assertThat(drawn.getWidth()).isEqualTo(100);
    assertThat(drawn.getHeight()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"url(#", "x", "{", "(", "/*", "'"})
  @Timeout(10)
  void longStylesAreLookedAtInAMoment(String part) {
    String text = part.repeat(1_500_000 / part.length());
    String svg =
        "<svg xmlns='http://www.w3.org/2000/svg'><style>.a{fill:url(#g)}%s)</style><path class=\"%s)\" d='M0 0'/></svg>";
    assertThat(cleaned(svg.formatted(text, ""))).contains("<path");
    assertThat(cleaned(svg.formatted("", text))).contains("<path");
  }
}
