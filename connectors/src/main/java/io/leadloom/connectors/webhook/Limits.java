package io.leadloom.connectors.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Bounds one call: its whole duration (the time-outs of the HTTP client are per read, so that a receiver that drips one
 * byte a second would hold it for ever) and the length of the answer, of which no more is read than may be kept.
 */
final class Limits implements ExecChainHandler, AutoCloseable {

  /** An answer longer than this is not kept. */
  static final int ANSWER = 256 * 1024;

  /** Set on answers that were longer. */
  static final String TOO_LONG = "Leadloom-Answer-Too-Long";

  private final Duration timeout;
  private final ScheduledThreadPoolExecutor watch;

  Limits(Duration timeout) {
    this.timeout = timeout;
    this.watch =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "webhook-time-out");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    AtomicBoolean late = new AtomicBoolean();
    Future<?> alarm =
        watch.schedule(
            () -> {
              late.set(true);
              scope.execRuntime.discardEndpoint();
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      keepBeginning(response, scope);
      return response;
    } catch (IOException | RuntimeException e) {
      if (late.get()) {
        InterruptedIOException timedOut =
            new InterruptedIOException("no complete answer within " + timeout.toMillis() + " ms");
        timedOut.initCause(e);
        throw timedOut;
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  private static void keepBeginning(ClassicHttpResponse response, ExecChain.Scope scope)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    byte[] kept;
    InputStream in = entity.getContent();
    if (in == null) {
      return;
    }
    kept = in.readNBytes(ANSWER + 1);
    if (kept.length > ANSWER) {
      // Reading on would be the receiver's choice of how much we load: the connection is given up.
      scope.execRuntime.discardEndpoint();
      response.setHeader(TOO_LONG, "true");
      kept = new byte[0];
    } else {
      in.close();
    }
    response.setEntity(
        new ByteArrayEntity(kept, ContentType.parseLenient(entity.getContentType())));
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
