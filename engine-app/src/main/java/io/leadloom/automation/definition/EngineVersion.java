package io.leadloom.automation.definition;

import org.jspecify.annotations.Nullable;

/** The version of the process engine; kept beside every state, because a state can only be read by what wrote it. */
public final class EngineVersion {

  private static final String VERSION = read();

  private EngineVersion() {}

  public static String current() {
    return VERSION;
  }

  private static String read() {
    @Nullable String version = EngineVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
