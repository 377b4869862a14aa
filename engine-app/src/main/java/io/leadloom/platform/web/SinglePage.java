package io.leadloom.platform.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Answers the addresses of the user interface's pages with its one page, which then shows the right one. */
@Configuration(proxyBeanMethods = false)
class SinglePage implements WebMvcConfigurer {

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/**")
        .addResourceLocations("classpath:/static/")
        .resourceChain(true)
        .addResolver(new PageOrFile());
  }

  private static final class PageOrFile extends PathResourceResolver {

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
      Resource file = super.getResource(path, location);
      if (file != null || !isPage(path)) {
        return file;
      }
      Resource page = new ClassPathResource("static/index.html");
      return page.exists() ? page : null;
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
