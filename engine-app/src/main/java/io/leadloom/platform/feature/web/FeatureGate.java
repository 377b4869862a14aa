package io.leadloom.platform.feature.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.feature.Feature;
import io.leadloom.platform.feature.Features;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Answers calls of a feature that is off as if they were not there, and says so. */
@Component
class FeatureGate implements HandlerInterceptor, WebMvcConfigurer {

  private final ObjectProvider<Features> features;

  FeatureGate(ObjectProvider<Features> features) {
    this.features = features;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).order(Ordered.HIGHEST_PRECEDENCE);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Feature.ofCall(request.getMethod(), request.getServletPath())
        .filter(feature -> !features.getObject().on(feature))
        .ifPresent(
            feature -> {
              throw new RefusedException(
                  RefusedException.Reason.NOT_FOUND,
                  "The feature '"
                      + feature.key()
                      + "' is switched off; administrators can switch it on under Settings, Features",
                  List.of());
            });
    return true;
  }
}
