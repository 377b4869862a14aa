package io.leadloom.record.calling.web;

import io.leadloom.record.calling.Campaign;
import io.leadloom.record.calling.Campaigns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Dialling campaigns: for administrators and the supervisors of their process. */
@Tag(name = "Processes")
@RestController
@RequestMapping("/api/v1/dialling-campaigns")
class DiallingCampaignController {

  private final Campaigns campaigns;

  DiallingCampaignController(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  @Operation(
      summary = "Changes a dialling campaign",
      description = "What is left out stays; members are replaced by those given.")
  @PatchMapping("/{id}")
  Campaign change(@PathVariable long id, @RequestBody Campaigns.Change change) {
    return campaigns.change(id, change);
  }

  @Operation(summary = "Deletes a dialling campaign; its lead lists stay")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    campaigns.delete(id);
  }
}
