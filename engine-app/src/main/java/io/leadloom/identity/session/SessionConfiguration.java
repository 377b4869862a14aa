package io.leadloom.identity.session;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps sessions in the database with Spring Session. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {

  private static final Duration SWEEP = Duration.ofMinutes(10);

  /**
   * What a session may hold; nothing else that stands in the table is ever made into an object. Our own attributes are
   * texts and numbers; the last three classes are what a provider of single sign-on was asked.
   */
  private static final ObjectInputFilter HELD =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=20;java.lang.*;java.util.*;java.time.*"
              + ";org.springframework.security.oauth2.core.AuthorizationGrantType"
              + ";org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest"
              + ";org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponseType;!*");

  /** The sessions themselves, without the sparing of writes. */
  static final class Stored {
    private final JdbcIndexedSessionRepository rows;

    private Stored(JdbcIndexedSessionRepository rows) {
      this.rows = rows;
    }
  }

  @Bean
  Stored storedSessions(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      @Value("${server.servlet.session.timeout}") Duration idle) {
    TransactionTemplate own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    JdbcIndexedSessionRepository rows = new JdbcIndexedSessionRepository(jdbc, own);
    rows.setDefaultMaxInactiveInterval(idle);
    rows.setConversionService(conversion());
    // Two requests of one browser may add the same attribute at the same time.
    rows.setCreateSessionAttributeQuery(
        "insert into SPRING_SESSION_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES) values (?, ?, ?)"
            + " on duplicate key update ATTRIBUTE_BYTES = values(ATTRIBUTE_BYTES)");
    return new Stored(rows);
  }

  @Bean
  FindByIndexNameSessionRepository<? extends Session> sessions(
      Stored stored, SessionSettings settings, SessionEnds ends) {
    return new SparingSessions<>(stored.rows, settings.useNoted(), ends::over);
  }

  private static GenericConversionService conversion() {
    GenericConversionService conversion = new GenericConversionService();
    conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
    Deserializer<Object> careful =
        (InputStream bytes) -> {
          ObjectInputStream objects = new ObjectInputStream(bytes);
          objects.setObjectInputFilter(HELD);
          try {
            return objects.readObject();
          } catch (ClassNotFoundException e) {
            throw new SerializationFailedException("A session holds an unknown class", e);
          }
        };
    conversion.addConverter(byte[].class, Object.class, new DeserializingConverter(careful));
    return conversion;
  }

  /** Deletes sessions that have ended by lying idle. */
  @Bean
  RecurringTask<Void> endedSessions(Stored stored) {
    return Tasks.recurring("ended-sessions", FixedDelay.of(SWEEP))
        .execute((task, context) -> stored.rows.cleanUpExpiredSessions());
  }
}
