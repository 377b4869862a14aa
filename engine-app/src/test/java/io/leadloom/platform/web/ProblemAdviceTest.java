package io.leadloom.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class ProblemAdviceTest {

  @Test
  void dataThatCannotBeReachedIsNoMistakeOfLeadloomAndWorthAnotherTry() throws Exception {
    for (RuntimeException failure :
        List.of(
            new QueryTimeoutException("a lock of table secret_things"),
            new DataAccessResourceFailureException("connection refused"),
            new RecoverableDataAccessException("communications link failure"),
            new CannotAcquireLockException(
                "lock wait", new SQLException("Lock wait timeout exceeded", "40001", 1205)),
            new CannotCreateTransactionException("the pool is empty"))) {
      MockMvc http =
          MockMvcBuilders.standaloneSetup(new Failing(failure))
              .setControllerAdvice(new ProblemAdvice())
              .build();
      String body =
          http.perform(get("/failing"))
              .andExpect(status().isServiceUnavailable())
              .andExpect(header().string("Retry-After", "5"))
              .andExpect(jsonPath("$.status").value(503))
              .andReturn()
              .getResponse()
              .getContentAsString();
      assertThat(body).doesNotContain(failure.getMessage());
    }
  }

  /** Found by its annotations alone. */
  @RestController
  static final class Failing {

    private final RuntimeException failure;

    Failing(RuntimeException failure) {
      this.failure = failure;
    }

    @GetMapping("/failing")
    public String fail() {
      throw failure;
    }
  }
}
