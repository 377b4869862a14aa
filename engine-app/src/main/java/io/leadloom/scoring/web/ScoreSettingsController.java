package io.leadloom.scoring.web;

import io.leadloom.platform.permission.Needs;
import io.leadloom.scoring.LeadScoreSettings;
import io.leadloom.scoring.LeadScoreSettings.Preview;
import io.leadloom.scoring.LeadScoreSettings.Shown;
import io.leadloom.scoring.LeadScoreSettings.Wanted;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What leads earn points by, for administrators (LEAD-143 to LEAD-152). */
@Tag(name = "Score")
@RestController
@RequestMapping("/api/v1/settings/lead-score")
class ScoreSettingsController {

  private final LeadScoreSettings settings;

  ScoreSettingsController(LeadScoreSettings settings) {
    this.settings = settings;
  }

  @GetMapping
  @Needs(administrator = true)
  Shown read() {
    return settings.read();
  }

  /** Changes what is given; all leads are then scored anew in the background. */
  @PatchMapping
  @Needs(administrator = true)
  Shown change(@RequestBody Wanted body) {
    return settings.change(body);
  }

  /** What a change would do, without doing it. */
  @PostMapping("/preview")
  @Needs(administrator = true)
  Preview preview(@RequestBody Wanted body) {
    return settings.preview(body);
  }

  /** Scores all leads anew. */
  @PostMapping("/run")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Shown again() {
    return settings.again();
  }

  /** Stops the scoring of all leads. */
  @DeleteMapping("/run")
  @Needs(administrator = true)
  Shown cancel() {
    return settings.cancel();
  }
}
