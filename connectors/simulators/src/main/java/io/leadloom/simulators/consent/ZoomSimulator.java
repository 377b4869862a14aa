package io.leadloom.simulators.consent;

import java.util.Map;

/** Zoom, as far as connecting an account goes. */
public final class ZoomSimulator extends ConsentServer {

  private ZoomSimulator() {
    super(0);
  }

  /** Starts one on a free port. */
  public static ZoomSimulator open() {
    ZoomSimulator zoom = new ZoomSimulator();
    zoom.start();
    return zoom;
  }

  @Override
  protected String authorizePath() {
    return "/oauth/authorize";
  }

  @Override
  protected String tokenPath() {
    return "/oauth/token";
  }

  @Override
  protected String revokePath() {
    return "/oauth/revoke";
  }

  @Override
  protected boolean lasting(Map<String, String> question) {
    return true;
  }

  @Override
  protected boolean basic() {
    return true;
  }

  @Override
  protected Reply api(Request request, String scope) {
    return request.method().equals("GET") && request.path().equals("/v2/users/me")
        ? Reply.of(200, "{\"id\":\"z1\",\"email\":\"user@zoom.example\"}")
        : error(404, "404", "No such path");
  }

  @Override
  protected Reply error(int status, String code, String message) {
    return Reply.of(
        status,
        JSON.createObjectNode().put("code", status == 401 ? 124 : status).put("message", message));
  }
}
