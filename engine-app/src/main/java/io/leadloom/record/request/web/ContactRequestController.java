package io.leadloom.record.request.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.request.ContactRequest;
import io.leadloom.record.request.ContactRequests;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests of contacts (ENG-103 to ENG-107). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/contact-requests")
class ContactRequestController {

  private static final int MOST = 100;

  private final ContactRequests requests;
  private final Access access;

  ContactRequestController(ContactRequests requests, Access access) {
    this.requests = requests;
    this.access = access;
  }

  /**
   * A request.
   *
   * @param type import, bulk-create, bulk-update or bulk-delete
   * @param status completed or in-progress
   * @param job where the request itself is
   * @param reasons where the reasons of those that failed are
   */
  record RequestJson(
      String type,
      long id,
      String name,
      @Nullable Long userId,
      Instant at,
      String status,
      long total,
      long created,
      long updated,
      long skipped,
      long failed,
      long deleted,
      String job,
      String reasons) {

    static RequestJson of(ContactRequest request) {
      String job =
          (request.type() == ContactRequest.Type.IMPORT ? "/imports/" : "/bulk-actions/")
              + request.id();
      return new RequestJson(
          request.type().key(),
          request.id(),
          request.name(),
          request.userId(),
          request.at(),
          request.completed() ? "completed" : "in-progress",
          request.total(),
          request.created(),
          request.updated(),
          request.skipped(),
          request.failed(),
          request.deleted(),
          job,
          job + "/errors.csv");
    }
  }

  /** Imports and bulk actions of contacts, newest first. */
  @GetMapping
  @Needs(section = Section.CONTACT, value = Action.VIEW)
  Page<RequestJson> list(
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "25") int limit) {
    Page.limit(limit, MOST);
    Page<ContactRequest> page = requests.list(access.current(), cursor, limit);
    return new Page<>(page.items().stream().map(RequestJson::of).toList(), page.next(), null);
  }
}
