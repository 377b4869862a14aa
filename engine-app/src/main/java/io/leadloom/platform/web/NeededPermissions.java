package io.leadloom.platform.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses calls whose {@link Needs} the caller does not have, before anything of them is read. */
@Component
class NeededPermissions implements HandlerInterceptor, WebMvcConfigurer {

  private final ObjectProvider<Access> access;

  NeededPermissions(ObjectProvider<Access> access) {
    this.access = access;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || request.getDispatcherType() != DispatcherType.REQUEST) {
      return true;
    }
    Needs needs = method.getMethodAnnotation(Needs.class);
    if (needs == null) {
      return true;
    }
    Rights rights = access.getObject().current();
    if (rights.everything()) {
      return true;
    }
    if (needs.administrator()) {
      throw RefusedException.forbidden("Only administrators may do this");
    }
    // A kind that nobody knows is nobody's: the door stays shut.
    Section section = needs.section().length == 0 ? ofPath(request) : needs.section()[0];
    boolean given =
        section != null
            && needs.value().length > 0
            && Arrays.stream(needs.value()).allMatch(action -> rights.may(section, action));
    if (!given) {
      throw RefusedException.forbidden(
          "Your permissions do not include this ("
              + (section == null ? "unknown" : section.key())
              + ", "
              + Arrays.stream(needs.value()).map(Action::key).collect(Collectors.joining(", "))
              + "); administrators can give it to you");
    }
    return true;
  }

  private static @Nullable Section ofPath(HttpServletRequest request) {
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    Object entity = variables instanceof Map<?, ?> map ? map.get("entity") : null;
    return entity instanceof String name ? EntityType.of(name).map(Section::of).orElse(null) : null;
  }
}
