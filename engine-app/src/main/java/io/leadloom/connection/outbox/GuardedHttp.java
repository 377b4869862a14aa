package io.leadloom.connection.outbox;

import io.leadloom.connectors.webhook.GuardedClient;
import io.leadloom.platform.outgoing.OutgoingHttp;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** The guard of webhooks, for others who call addresses that users typed. */
@Component
class GuardedHttp implements OutgoingHttp {

  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 1_000_000;

  private final GuardedClient guard;
  private final SingletonSupplier<ClientHttpRequestFactory> requests;
  private final Map<String, ClientHttpRequestFactory> byReceiver = new ConcurrentHashMap<>();

  GuardedHttp(WebhookSettings webhooks, OutgoingSettings outgoing) {
    this.guard = new GuardedClient(webhooks.ports(), outgoing.allowedNetworks());
    this.requests = SingletonSupplier.of(this::connections);
  }

  private ClientHttpRequestFactory connections() {
    return new InterceptingClientHttpRequestFactory(
        new HttpComponentsClientHttpRequestFactory(guard.open(WAIT)),
        List.of((request, body, execution) -> new Bounded(execution.execute(request, body))));
  }

  @Override
  public ClientHttpRequestFactory requests() {
    return requests.obtain();
  }

  @Override
  public ClientHttpRequestFactory requests(String receiver) {
    return byReceiver.computeIfAbsent(receiver, name -> connections());
  }

  @Override
  public Optional<String> refusal(URI address) {
    String host = address.getHost();
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (host == null || address.getRawUserInfo() != null) {
      return Optional.of("an address such as https://login.example.com");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && guard.allowedByName(host))) {
      return Optional.of("an address that begins with https://");
    }
    int port = address.getPort() > 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
    return guard
        .refusal(host, port)
        .map(
            reason ->
                "an address of the public internet, or of a network that leadloom.outgoing.allowed-networks names ("
                    + reason
                    + ")");
  }

  /** An answer that ends with an error when it is too long to be what was asked for. */
  private static final class Bounded implements ClientHttpResponse {

    private final ClientHttpResponse whole;
    private @Nullable InputStream body;

    Bounded(ClientHttpResponse whole) {
      this.whole = whole;
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
      return whole.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
      return whole.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
      return whole.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
      InputStream known = body;
      if (known == null) {
        // One for all who ask, so that none of them begins to count anew.
        known = new Counted(whole.getBody());
        body = known;
      }
      return known;
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  private static final class Counted extends FilterInputStream {

    private int left = LONGEST_ANSWER;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      int read = super.read(bytes, from, most);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("The answer is longer than " + LONGEST_ANSWER + " bytes");
      }
    }
  }
}
