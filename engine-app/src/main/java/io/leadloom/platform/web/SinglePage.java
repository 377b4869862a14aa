package io.leadloom.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Answers the addresses of the user interface's pages with its one page, which then shows the right one. */
@Configuration(proxyBeanMethods = false)
public class SinglePage implements WebMvcConfigurer {

  private static final Resource PAGE = new ClassPathResource("static/index.html");

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/**")
        .addResourceLocations("classpath:/static/")
        .resourceChain(true)
        .addResolver(new PageOrFile());
  }

  /**
   * Answers a browser in front of all handlers: with a status, and the page that shows what its address stands for.
   *
   * @param words what to say where there is no user interface
   */
  public static void answer(HttpServletResponse response, int status, String words)
      throws IOException {
    response.setStatus(status);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    if (!PAGE.exists()) {
      response.setContentType("text/plain");
      response.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
      return;
    }
    response.setContentType("text/html");
    try (InputStream page = PAGE.getInputStream()) {
      page.transferTo(response.getOutputStream());
    }
  }

  private static final class PageOrFile extends PathResourceResolver {

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
      Resource file = super.getResource(path, location);
      if (file != null || !isPage(path)) {
        return file;
      }
      return PAGE.exists() ? PAGE : null;
    }

    /** Files have an ending, the API and the actuator answer for themselves. */
    private static boolean isPage(String path) {
      String last = path.substring(path.lastIndexOf('/') + 1);
      return !last.contains(".")
          && !path.startsWith("api/")
          && !path.startsWith("api-docs")
          && !path.startsWith("actuator/")
          && !path.startsWith("v3/");
    }
  }
}
