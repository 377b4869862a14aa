package io.leadloom.platform.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.leadloom.testing.LeadloomTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

@LeadloomTest
class OpenApiTest {

  @Autowired MockMvc http;

  @Test
  void theApiIsDescribedAndAnUnknownGroupOfItIsNotFound() throws Exception {
    http.perform(get("/api/openapi/all"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.paths['/api/v1/users']").exists());
    http.perform(get("/api/openapi/none"))
        .andExpect(status().isNotFound())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
  }
}
