package io.leadloom.platform.outgoing;

import java.net.URI;
import java.util.Optional;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Calls to addresses that users type, such as that of a provider of single sign-on: private networks are out of reach
 * unless {@code leadloom.outgoing.allowed-networks} names them, redirects are not followed, and long answers are cut off
 * with an error.
 */
public interface OutgoingHttp {

  /** Makes the requests. The guard holds at each connection, whatever a name server has answered before. */
  ClientHttpRequestFactory requests();

  /**
   * Makes the requests to one receiver, by connections that are its own: when it does not answer, it holds nobody else up.
   *
   * @param receiver a name out of a few
   */
  ClientHttpRequestFactory requests(String receiver);

  /**
   * Why an address cannot be called, as an expectation of what should stand there; empty when it can. It has to be https,
   * in networks that are allowed by name also http.
   */
  Optional<String> refusal(URI address);
}
