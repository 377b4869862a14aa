package io.leadloom.record.web;

import io.leadloom.platform.Cause;
import io.leadloom.platform.Cursors;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.Lists;
import io.leadloom.record.Lists.StaticList;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Static lists and their members. */
@Tag(name = "Lists")
@RestController
@RequestMapping("/api/v1/lists")
class ListController {

  private static final int MOST = 1_000;

  private final Lists lists;
  private final Records records;
  private final Caller caller;
  private final Cursors cursors;

  ListController(Lists lists, Records records, Caller caller, Cursors cursors) {
    this.lists = lists;
    this.records = records;
    this.caller = caller;
    this.cursors = cursors;
  }

  /** A list to make or change; {@code entity} says what it is meant for and may be left out. */
  record ListJson(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String description,
      @Nullable String entity) {}

  /** All lists. */
  record AllLists(List<StaticList> items) {}

  /** Records by reference, for example {@code lead/1}. */
  record Refs(@Nullable List<String> refs) {}

  /** What became of the members, in order. */
  record MemberResults(List<MemberResult> results) {}

  /** What became of one member. */
  record MemberResult(String ref, String outcome, List<Violation> violations) {}

  /** A member as shown in a list. */
  record Member(
      String ref, EntityType type, long id, @Nullable String name, @Nullable String email) {}

  @GetMapping
  AllLists all() {
    return new AllLists(lists.all());
  }

  @GetMapping("/{id}")
  StaticList get(@PathVariable long id) {
    return lists.find(Long.toString(id)).orElseThrow(() -> RefusedException.notFound("list", id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  StaticList create(@RequestBody ListJson body) {
    return lists.create(
        body.name() == null ? "" : body.name(), body.description(), caller.userId());
  }

  @PatchMapping("/{id}")
  StaticList change(@PathVariable long id, @RequestBody ListJson body) {
    return lists.change(id, body.version(), body.name(), body.description());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    lists.delete(id);
  }

  @GetMapping("/{id}/members")
  Page<Member> members(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > 200) {
      throw RefusedException.invalid(
          "The page size is out of range", Violation.of("limit", limit, "1 to 200"));
    }
    RecordRef after = cursor == null || cursor.isBlank() ? null : ref(cursors.open(cursor));
    Page<RecordRef> page = lists.members(id, after, limit);
    List<Member> members = new ArrayList<>();
    for (RecordRef ref : page.items()) {
      Record record = records.find(ref).orElse(null);
      String name = record == null ? null : record.values().text("name");
      String email = record == null ? null : record.values().text("email");
      members.add(new Member(ref.toString(), ref.type(), ref.id(), name, email));
    }
    return new Page<>(members, page.next() == null ? null : cursors.seal(page.next()), null);
  }

  @PostMapping("/{id}/members")
  MemberResults add(@PathVariable long id, @RequestBody Refs body, HttpServletRequest request) {
    List<RecordCommand> commands = new ArrayList<>();
    refs(body).forEach(ref -> commands.add(new RecordCommand.AddToList(ref, id)));
    return change(id, refs(body), commands, caller.cause(request));
  }

  @DeleteMapping("/{id}/members")
  MemberResults remove(@PathVariable long id, @RequestBody Refs body, HttpServletRequest request) {
    List<RecordCommand> commands = new ArrayList<>();
    refs(body).forEach(ref -> commands.add(new RecordCommand.RemoveFromList(ref, id)));
    return change(id, refs(body), commands, caller.cause(request));
  }

  private MemberResults change(
      long id, List<RecordRef> refs, List<RecordCommand> commands, Cause cause) {
    get(id);
    List<WriteResult> results = records.write(commands, cause);
    List<MemberResult> members = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      WriteResult result = results.get(i);
      String outcome =
          result instanceof WriteResult.Written written
              ? (written.changed() ? "changed" : "unchanged")
              : result instanceof WriteResult.Missing ? "missing" : "refused";
      List<Violation> violations =
          result instanceof WriteResult.Refused refused ? refused.violations() : List.of();
      members.add(new MemberResult(refs.get(i).toString(), outcome, violations));
    }
    return new MemberResults(members);
  }

  private static List<RecordRef> refs(Refs body) {
    List<String> given = body.refs() == null ? List.of() : body.refs();
    if (given.isEmpty() || given.size() > MOST) {
      throw RefusedException.invalid(
          "The members cannot be changed",
          Violation.of("refs", given.size(), "1 to " + MOST + " references"));
    }
    return given.stream().map(ListController::ref).toList();
  }

  private static RecordRef ref(String text) {
    String[] parts = text.split("/", 2);
    EntityType type = EntityType.of(parts[0]).orElse(null);
    if (type == null || parts.length < 2 || !parts[1].matches("[0-9]{1,18}")) {
      throw RefusedException.invalid(
          "A reference cannot be read",
          Violation.of("refs", text, "a reference such as lead/1 or contact/2"));
    }
    return new RecordRef(type, Long.parseLong(parts[1]));
  }
}
