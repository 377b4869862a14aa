package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.bulk.BulkAction;
import io.leadloom.record.bulk.BulkActions;
import io.leadloom.record.bulk.BulkOrder;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes work on the same bulk actions, and one of them goes away in the middle: each record is done once. */
@Tag("database")
@Tag("nodes")
class BulkOnTwoNodesTest {

  private static final int LEADS = 3_000;

  @Test
  void theOtherNodeEndsWhatOneHadBegunAndNothingIsDoneTwice() throws Exception {
    try (Installation installation = new Installation()) {
      Node stays = installation.start();
      Node leaves = installation.start();
      installation.createLeads(stays, "Bulky", 0, LEADS);
      long job = order(leaves);
      await()
          .atMost(Installation.PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> handled(installation, job) > 0);
      leaves.close();
      await()
          .atMost(Installation.PATIENCE)
          .until(() -> find(stays, job).status() == BulkAction.Status.COMPLETE);
      assertThat(find(stays, job).succeeded()).isEqualTo(LEADS);
      assertThat(find(stays, job).changed()).isEqualTo(LEADS);
      assertThat(
              installation.count(
                  "select count(*) from leads where city = 'Bulky' and zip = '7' and version = 2"))
          .isEqualTo(LEADS);
    }
  }

  private static long order(Node node) throws Exception {
    return node.get(BulkActions.class)
        .order(
            new BulkOrder(
                EntityType.LEAD,
                "update",
                "Kill",
                null,
                "city = \"Bulky\"",
                true,
                new ObjectMapper().readTree("{\"values\":{\"zip\":\"7\"}}"),
                null,
                null,
                null),
            Rights.account())
        .id();
  }

  private static long handled(Installation installation, long job) {
    return installation.count("select handled from bulk_action where id = ?", job);
  }

  private static BulkAction find(Node node, long job) {
    return node.get(BulkActions.class).find(job, Rights.system());
  }
}
