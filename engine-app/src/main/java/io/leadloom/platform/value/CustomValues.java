package io.leadloom.platform.value;

/** The custom values of the account, as they are now (SET-104, SET-105). Asking costs nothing. */
public interface CustomValues {

  /** What stands before the dot in their keys: {@code custom_values.shop_phone}. */
  String PREFIX = "custom_values";

  /** The text of a value; empty when there is none of this key. */
  String text(String key);
}
