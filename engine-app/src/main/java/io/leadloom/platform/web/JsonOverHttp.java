package io.leadloom.platform.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;

/** Reads JSON from outside strictly: what is not understood is refused by name, and nothing grows without bounds. */
@Configuration(proxyBeanMethods = false)
class JsonOverHttp {

  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 5_000_000;
  private static final int LONGEST_NUMBER = 100;

  /** Each value costs several times its text in memory, so what is long may not be made of small parts as well. */
  private static final long MOST_TOKENS = 100_000;

  /** 1,000 records with all their fields. */
  private static final long MOST_TOKENS_OF_LARGE_DOCUMENTS = 1_500_000;

  @Bean
  @Order(0)
  MappingJackson2HttpMessageConverter strictJsonOfLargeDocuments(
      Jackson2ObjectMapperBuilder builder) {
    return new MappingJackson2HttpMessageConverter(
        mapper(builder, MOST_TOKENS_OF_LARGE_DOCUMENTS)) {
      @Override
      public boolean canRead(Type type, @Nullable Class<?> context, @Nullable MediaType media) {
        return type instanceof Class<?> wanted
            && wanted.isAnnotationPresent(LargeDocument.class)
            && super.canRead(type, context, media);
      }

      @Override
      public boolean canWrite(Class<?> type, @Nullable MediaType media) {
        return false;
      }
    };
  }

  @Bean
  @Order(1)
  MappingJackson2HttpMessageConverter strictJson(Jackson2ObjectMapperBuilder builder) {
    return new MappingJackson2HttpMessageConverter(mapper(builder, MOST_TOKENS));
  }

  private static ObjectMapper mapper(Jackson2ObjectMapperBuilder builder, long mostTokens) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(LONGEST_TEXT)
            .maxNumberLength(LONGEST_NUMBER)
            .maxNameLength(1_000)
            .maxTokenCount(mostTokens)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    ObjectMapper mapper = builder.createXmlMapper(false).factory(factory).build();
    mapper.enable(
        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
    return mapper;
  }
}
