package io.leadloom.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the API and its page at /api-docs. */
@Configuration(proxyBeanMethods = false)
class OpenApiPage {

  private static final String PROBLEM = "Problem";
  private static final String BASIC = "basic";
  private static final String TOKEN = "token";

  @Bean
  OpenAPI leadloomApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Leadloom API")
                .version("1")
                .description(
                    "JSON over HTTP. Sign in with HTTP Basic, with an API key (as name and password of HTTP Basic, or in"
                        + " the headers X-Leadloom-Key and X-Leadloom-Secret), with a bearer token that"
                        + " /api/v1/oauth/token gives out for an API key, or from a browser with a session. Errors are"
                        + " application/problem+json. A POST with the header Idempotency-Key is carried out once in"
                        + " 24 hours; its repetition gets the same answer."))
        .components(
            new Components()
                .addSecuritySchemes(
                    BASIC,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("basic")
                        .description("Login and password, or access key and secret"))
                .addSecuritySchemes(TOKEN, tokens()))
        .addSecurityItem(new SecurityRequirement().addList(BASIC))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }

  private static SecurityScheme tokens() {
    return new SecurityScheme()
        .type(SecurityScheme.Type.OAUTH2)
        .description(
            "A bearer token for 15 minutes; the access key is client_id, its secret client_secret")
        .flows(
            new OAuthFlows()
                .clientCredentials(
                    new OAuthFlow()
                        .tokenUrl("/api/v1/oauth/token")
                        .scopes(
                            new Scopes()
                                .addString("read", "Read")
                                .addString("write", "Add and change records")
                                .addString("bulk", "Bulk calls, imports and exports")
                                .addString(
                                    "administration", "Change settings, users and automations"))));
  }

  @Bean
  GroupedOpenApi everything() {
    return group("all", "/api/v1/**");
  }

  @Bean
  GroupedOpenApi recordsGroup() {
    return GroupedOpenApi.builder()
        .group("records")
        .pathsToMatch(
            "/api/v1/{entity}/**", "/api/v1/leads/**", "/api/v1/lists/**", "/api/v1/tags/**")
        .pathsToExclude(
            "/api/v1/automations/**", "/api/v1/runs/**", "/api/v1/settings/**", "/api/v1/schema/**")
        .addOpenApiCustomizer(withProblems())
        .build();
  }

  @Bean
  GroupedOpenApi schemaGroup() {
    return group("schema", "/api/v1/schema/**");
  }

  private static GroupedOpenApi group(String name, String... paths) {
    return GroupedOpenApi.builder()
        .group(name)
        .pathsToMatch(paths)
        .addOpenApiCustomizer(withProblems())
        .build();
  }

  private static OpenApiCustomizer withProblems() {
    return api -> {
      api.schema(PROBLEM, problemSchema());
      api.getPaths()
          .values()
          .forEach(path -> path.readOperations().forEach(OpenApiPage::addProblems));
    };
  }

  private static void addProblems(Operation operation) {
    Schema<?> reference = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
    Content content =
        new Content().addMediaType("application/problem+json", new MediaType().schema(reference));
    operation
        .getResponses()
        .addApiResponse(
            "4XX",
            new ApiResponse().description("Not carried out; nothing was written").content(content));
  }

  private static Schema<?> problemSchema() {
    Schema<?> violation =
        new ObjectSchema()
            .addProperty("field", new StringSchema())
            .addProperty("value", new StringSchema())
            .addProperty("expectation", new StringSchema());
    return new ObjectSchema()
        .addProperty("type", new StringSchema().example("https://leadloom.io/problems/invalid"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("violations", new ArraySchema().items(violation));
  }
}
