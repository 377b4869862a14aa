package io.leadloom.record.web;

import io.leadloom.platform.Cause;
import io.leadloom.platform.Cursors;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.Lists;
import io.leadloom.record.Lists.StaticList;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.search.RecordSearch;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final RecordSearch search;

  ListController(
      Lists lists, Records records, Caller caller, Cursors cursors, RecordSearch search) {
    this.search = search;
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
  @Needs(section = Section.LIST, value = Action.VIEW)
  AllLists all() {
    return new AllLists(lists.all(caller.rights(), Action.VIEW));
  }

  @GetMapping("/{id}")
  @Needs(section = Section.LIST, value = Action.VIEW)
  StaticList get(@PathVariable long id) {
    return seen(id, caller.rights());
  }

  private StaticList seen(long id, Rights rights) {
    return lists
        .find(id, rights, Action.VIEW)
        .orElseThrow(() -> RefusedException.notFound("list", id));
  }

  /** A list that one does not see is not there; one that one sees and may not change is refused. */
  private Rights permitted(long id, Action action) {
    Rights rights = caller.rights();
    seen(id, rights);
    if (lists.find(id, rights, action).isEmpty()) {
      throw RefusedException.forbidden("Your permissions do not include this for the list " + id);
    }
    return rights;
  }

  @PostMapping
  @Needs(section = Section.LIST, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  StaticList create(@RequestBody ListJson body) {
    // Who sees only some lists makes lists that only he sees, also when he sees more later
    // (PLT-D12).
    boolean personal = !caller.rights().owners(Section.LIST, Action.VIEW).all();
    return lists.create(
        body.name() == null ? "" : body.name(), body.description(), caller.userId(), personal);
  }

  @PatchMapping("/{id}")
  @Needs(section = Section.LIST, value = Action.EDIT)
  StaticList change(@PathVariable long id, @RequestBody ListJson body) {
    permitted(id, Action.EDIT);
    return lists.change(id, body.version(), body.name(), body.description());
  }

  @DeleteMapping("/{id}")
  @Needs(section = Section.LIST, value = Action.DELETE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    permitted(id, Action.DELETE);
    lists.delete(id);
  }

  @GetMapping("/{id}/members")
  @Needs(section = Section.LIST, value = Action.VIEW)
  Page<Member> members(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Page.limit(limit, 200);
    RecordRef after = cursor == null || cursor.isBlank() ? null : ref(cursors.open(cursor));
    Rights rights = caller.rights();
    seen(id, rights);
    Page<RecordRef> page = lists.members(id, after, limit, rights);
    Map<RecordRef, Record> records = records(page.items(), rights);
    List<Member> members = new ArrayList<>();
    for (RecordRef ref : page.items()) {
      Record record = records.get(ref);
      members.add(
          new Member(
              ref.toString(),
              ref.type(),
              ref.id(),
              shown(record, "name", rights),
              shown(record, "email", rights)));
    }
    return new Page<>(members, page.next() == null ? null : cursors.seal(page.next()), null);
  }

  private static @Nullable String shown(@Nullable Record record, String key, Rights rights) {
    return record == null || rights.hides(record.ref().type(), key)
        ? null
        : record.values().text(key);
  }

  private Map<RecordRef, Record> records(List<RecordRef> refs, Rights rights) {
    Map<EntityType, List<Long>> ids = new EnumMap<>(EntityType.class);
    refs.forEach(ref -> ids.computeIfAbsent(ref.type(), type -> new ArrayList<>()).add(ref.id()));
    Map<RecordRef, Record> found = new HashMap<>();
    ids.forEach(
        (type, some) ->
            search.visible(type, some, rights).forEach(record -> found.put(record.ref(), record)));
    return found;
  }

  @PostMapping("/{id}/members")
  @Needs(section = Section.LIST, value = Action.EDIT)
  MemberResults add(@PathVariable long id, @RequestBody Refs body, HttpServletRequest request) {
    List<RecordCommand> commands = new ArrayList<>();
    refs(body).forEach(ref -> commands.add(new RecordCommand.AddToList(ref, id)));
    return change(id, refs(body), commands, caller.cause(request));
  }

  @DeleteMapping("/{id}/members")
  @Needs(section = Section.LIST, value = Action.EDIT)
  MemberResults remove(@PathVariable long id, @RequestBody Refs body, HttpServletRequest request) {
    List<RecordCommand> commands = new ArrayList<>();
    refs(body).forEach(ref -> commands.add(new RecordCommand.RemoveFromList(ref, id)));
    return change(id, refs(body), commands, caller.cause(request));
  }

  private MemberResults change(
      long id, List<RecordRef> refs, List<RecordCommand> commands, Cause cause) {
    Rights rights = permitted(id, Action.EDIT);
    List<WriteResult> results = records.as(rights).write(commands, cause);
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
