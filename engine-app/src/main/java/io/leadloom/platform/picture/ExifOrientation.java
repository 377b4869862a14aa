package io.leadloom.platform.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How the camera was held, from the first EXIF part of a JPEG: 1 to 8, 1 when it does not say. */
final class ExifOrientation {

  private static final int UPRIGHT = 1;
  private static final int APP1 = 0xe1;
  private static final int START_OF_SCAN = 0xda;
  private static final int TAG = 0x0112;
  private static final int TIFF = 6;
  private static final int ENTRY = 12;

  private ExifOrientation() {}

  static int of(byte[] jpeg) {
    try {
      ByteBuffer file = ByteBuffer.wrap(jpeg);
      int at = 2;
      while (at + 4 <= jpeg.length && (file.get(at) & 0xff) == 0xff) {
        int marker = file.get(at + 1) & 0xff;
        int length = file.getShort(at + 2) & 0xffff;
        if (marker == START_OF_SCAN || length < 2) {
          return UPRIGHT;
        }
        if (marker == APP1 && length > TIFF + 8 && file.getInt(at + 4) == 0x45786966) {
          return ofTiff(file.slice(at + 4 + TIFF, length - 2 - TIFF));
        }
        at += 2 + length;
      }
      return UPRIGHT;
    } catch (IndexOutOfBoundsException e) {
      // Cut or made up: then it is as if it said nothing.
      return UPRIGHT;
    }
  }

  private static int ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        int value = tiff.getShort(entry + 8) & 0xffff;
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
