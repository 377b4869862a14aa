package io.leadloom.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/**
 * A real provider of OpenID Connect, Spring Authorization Server, on a free port. It insists on PKCE. People sign in with
 * HTTP Basic, the password is {@code x}.
 */
public final class TestProvider implements AutoCloseable {

  /** The only client that it knows. */
  public static final String CLIENT = "leadloom";

  /** The client's secret. */
  public static final String SECRET = "a-secret-of-the-provider-0815";

  private final Clients clients = new Clients();
  private final Map<String, Person> people = new ConcurrentHashMap<>();
  private final ConfigurableApplicationContext context;

  private TestProvider() {
    this.context =
        new SpringApplicationBuilder(Setup.class)
            .initializers(
                context -> {
                  GenericApplicationContext beans = (GenericApplicationContext) context;
                  beans.registerBean(RegisteredClientRepository.class, () -> clients);
                  beans.registerBean("people", PeopleClaims.class, () -> new PeopleClaims(people));
                })
            .logStartupInfo(false)
            .run(
                "--spring.config.name=test-provider",
                "--server.port=0",
                "--spring.main.banner-mode=off");
  }

  public static TestProvider start() {
    return new TestProvider();
  }

  /**
   * Somebody whom the provider knows.
   *
   * @param nonce what the token holds instead of the nonce that was asked for; null for that
   */
  public record Person(
      @Nullable String email,
      boolean verified,
      String name,
      List<String> methods,
      @Nullable String nonce) {}

  /** Lets a person sign in by this name, which is also the subject. */
  public void add(String subject, Person person) {
    people.put(subject, person);
  }

  /** Where the client may have browsers sent back to, after a sign-in and after a sign-out. */
  public void redirectsTo(String address) {
    clients.only =
        RegisteredClient.withId(UUID.randomUUID().toString())
            .clientId(CLIENT)
            .clientSecret("{noop}" + SECRET)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(address)
            .postLogoutRedirectUri(URI.create(address).resolve("/sign-in").toString())
            .scope("openid")
            .scope("profile")
            .scope("email")
            .clientSettings(
                ClientSettings.builder()
                    .requireProofKey(true)
                    .requireAuthorizationConsent(false)
                    .build())
            .build();
  }

  public String issuer() {
    return "http://localhost:"
        + context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Override
  public void close() {
    context.close();
  }

  private static final class Clients implements RegisteredClientRepository {

    private volatile @Nullable RegisteredClient only;

    @Override
    public void save(RegisteredClient client) {
      only = client;
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
      RegisteredClient known = only;
      return known != null && known.getId().equals(id) ? known : null;
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String id) {
      return CLIENT.equals(id) ? only : null;
    }
  }

  private record PeopleClaims(Map<String, Person> people)
      implements OAuth2TokenCustomizer<JwtEncodingContext> {

    @Override
    public void customize(JwtEncodingContext context) {
      Person person = people.get(context.getPrincipal().getName());
      if (person == null || !context.getTokenType().getValue().equals("id_token")) {
        return;
      }
      context
          .getClaims()
          .claims(
              claims -> {
                if (person.email() != null) {
                  claims.put("email", person.email());
                  claims.put("email_verified", person.verified());
                }
                claims.put("name", person.name());
                if (!person.methods().isEmpty()) {
                  claims.put("amr", person.methods());
                }
                if (person.nonce() != null) {
                  claims.put("nonce", person.nonce());
                }
              });
    }
  }

  /** What the provider is made of. Not found by the application's own look for components. */
  @EnableWebSecurity
  @ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
  })
  static class Setup {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      OAuth2AuthorizationServerConfigurer server =
          OAuth2AuthorizationServerConfigurer.authorizationServer();
      return http.securityMatcher(server.getEndpointsMatcher())
          .with(server, all -> all.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          // Before the provider's own filters, which look for whoever has signed in.
          .addFilterAfter(
              new BasicAuthenticationFilter(people()), SecurityContextHolderFilter.class)
          .oauth2ResourceServer(tokens -> tokens.jwt(Customizer.withDefaults()))
          .build();
    }

    private static AuthenticationManager people() {
      return new ProviderManager(
          new DaoAuthenticationProvider(
              name -> User.withUsername(name).password("{noop}x").roles("PERSON").build()));
    }

    @Bean
    JWKSource<SecurityContext> keys() throws JOSEException {
      return new ImmutableJWKSet<>(
          new JWKSet(new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate()));
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }
  }
}
