package io.leadloom.identity.key.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.leadloom.identity.key.TokenRequests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives out bearer tokens for API keys (OAuth 2, client credentials); answers as RFC 6749 wants them. */
@Tag(name = "API keys")
@RestController
class TokenController {

  private final TokenRequests requests;

  TokenController(TokenRequests requests) {
    this.requests = requests;
  }

  /**
   * A request for a token.
   *
   * @param grantType {@code client_credentials}
   * @param scope some of the key's scopes, with spaces; all of them when it is missing
   * @param clientId the access key, unless HTTP Basic names it
   * @param clientSecret the secret, unless HTTP Basic names it
   */
  record Form(
      @JsonProperty("grant_type") String grantType,
      @Nullable String scope,
      @JsonProperty("client_id") @Nullable String clientId,
      @JsonProperty("client_secret") @Nullable String clientSecret) {}

  record TokenJson(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      String scope) {

    /** Without the token. */
    @Override
    public String toString() {
      return "TokenJson[scope=" + scope + "]";
    }
  }

  record ErrorJson(String error, @JsonProperty("error_description") String description) {}

  /** Swaps an access key and its secret for a bearer token that is good for 15 minutes. */
  @Operation(
      summary = "Swaps an API key for a bearer token",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                      schema = @Schema(implementation = Form.class))))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = TokenJson.class)))
  @ApiResponse(
      responseCode = "400",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = ErrorJson.class)))
  @PostMapping(TokenRequests.PATH)
  ResponseEntity<?> token(HttpServletRequest request) {
    Object header = request.getAttribute(TokenRequests.CREDENTIALS);
    TokenRequests.Answer answer =
        requests.answer(header instanceof String text ? text : null, form(request));
    if (answer instanceof TokenRequests.Answer.Token made) {
      return with(HttpStatus.OK)
          .body(new TokenJson(made.token(), "Bearer", made.seconds(), made.scope()));
    }
    if (answer instanceof TokenRequests.Answer.TooMany many) {
      return with(HttpStatus.TOO_MANY_REQUESTS)
          .header(HttpHeaders.RETRY_AFTER, Long.toString(many.retrySeconds()))
          .body(new ErrorJson("temporarily_unavailable", "Too many requests with this key"));
    }
    TokenRequests.Answer.Refused refused = (TokenRequests.Answer.Refused) answer;
    boolean client = refused.error().equals("invalid_client");
    ResponseEntity.BodyBuilder response =
        with(client ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST);
    if (client && refused.basic()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Leadloom\"");
    }
    return response.body(new ErrorJson(refused.error(), refused.description()));
  }

  /** The fields of the body. Secrets in an address would end in logs, so nothing is read from there. */
  private static Map<String, List<String>> form(HttpServletRequest request) {
    Map<String, List<String>> form = new LinkedHashMap<>();
    String type = request.getContentType();
    if (request.getQueryString() == null
        && type != null
        && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
      request.getParameterMap().forEach((name, values) -> form.put(name, Arrays.asList(values)));
    }
    return form;
  }

  private static ResponseEntity.BodyBuilder with(HttpStatus status) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.PRAGMA, "no-cache");
  }
}
