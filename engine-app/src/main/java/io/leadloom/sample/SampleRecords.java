package io.leadloom.sample;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Money;
import io.leadloom.schema.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** Writes accounts, leads with their contacts, activities, tasks, notes, tags and list members. */
final class SampleRecords {

  static final int LEADS = 2_000;
  static final int ACCOUNTS = 300;
  private static final int CHUNK = 500;
  private static final long SEED = 20_260_301;
  private static final Cause CAUSE = Cause.system("sample-data");

  private static final List<String> ACTIVITY_TYPES =
      List.of(
          "phone-call-outbound",
          "phone-call-inbound",
          "email-sent",
          "email-opened",
          "email-link-clicked",
          "form-submitted",
          "page-visited",
          "meeting",
          "document-collection",
          "message-received");
  private static final int[] ACTIVITY_WEIGHTS = {22, 10, 16, 16, 7, 8, 12, 4, 2, 3};
  private static final List<String> OUTCOMES =
      List.of("Interested", "Call back later", "No answer", "Wants a quotation", "Not interested");
  private static final List<String> TASK_TITLES =
      List.of(
          "Call back",
          "Send the brochure",
          "Prepare a quotation",
          "Check the documents",
          "Arrange a meeting");
  private static final List<String> TASK_TYPES =
      List.of("call", "email", "to-do", "follow-up", "meeting");
  private static final List<String> TAGS =
      List.of(
          "vip", "newsletter", "webinar", "price-sensitive", "call-back", "home-loan", "student");
  private static final List<String> NOTES =
      List.of(
          "Prefers a call in the evening.",
          "Compares us with two competitors.",
          "Asked for monthly instalments.",
          "Decides together with the family.",
          "Met at the education fair.");

  private static final List<String> DEAL_STAGES =
      List.of("New", "Qualified", "Proposal sent", "Negotiation", "Closing");
  private static final List<String> DEAL_STATUSES = List.of("Open", "Won", "Lost", "Disqualified");
  private static final List<String> LOANS =
      List.of("Home loan", "Home loan, top-up", "Loan for a flat", "Business loan");
  private static final List<String> COURSES =
      List.of("Course in data science", "Evening course", "Language course", "Certificate course");

  private final Records records;
  private final Instant now;
  private final SamplePeople people;
  private final Draw draw;
  private final List<Long> india;
  private final List<Long> abroad;

  /** What later records need to know of a lead. */
  private record Person(long id, long owner, Instant since, Place place) {}

  SampleRecords(Records records, Instant now, List<Long> india, List<Long> abroad) {
    this.records = records;
    this.now = now;
    this.people = new SamplePeople(new Random(SEED), now);
    this.draw = people.draw();
    this.india = india;
    this.abroad = abroad;
  }

  /** Writes everything within the caller's transaction. */
  void write(long bangaloreList, long newsletterList) {
    List<Long> accounts = accounts();
    List<Person> leads = leads(accounts);
    activities(leads);
    tasks(leads);
    marks(leads, bangaloreList, newsletterList);
    opportunities(leads);
  }

  private long owner(Place place) {
    return draw.one(place.inIndia() ? india : abroad);
  }

  private List<Long> accounts() {
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < Math.min(ACCOUNTS, people.companies()); i++) {
      Place place = people.place();
      commands.add(
          new RecordCommand.Create(EntityType.ACCOUNT, people.account(i, place, owner(place))));
    }
    return apply(commands).stream().map(RecordRef::id).toList();
  }

  private List<Person> leads(List<Long> accounts) {
    List<RecordCommand> commands = new ArrayList<>();
    List<Values> values = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < LEADS; i++) {
      Place place = people.place();
      Values lead = people.lead(i, place, owner(place));
      if (draw.percent(40)) {
        lead.with("account", draw.one(accounts));
      }
      places.add(place);
      values.add(lead.copy());
      commands.add(new RecordCommand.Create(EntityType.LEAD, lead));
    }
    List<RecordRef> refs = apply(commands);
    List<Person> leads = new ArrayList<>();
    for (int i = 0; i < LEADS; i++) {
      Values lead = values.get(i);
      leads.add(
          new Person(
              refs.get(i).id(),
              Objects.requireNonNull(lead.number("owner")),
              (Instant) Objects.requireNonNull(lead.get("createdAt")),
              places.get(i)));
    }
    return leads;
  }

  private void activities(List<Person> leads) {
    List<RecordCommand> commands = new ArrayList<>();
    for (Person lead : leads) {
      int count = draw.weighted(20, 25, 25, 15, 10, 5);
      for (int i = 0; i < count; i++) {
        String type = ACTIVITY_TYPES.get(draw.weighted(ACTIVITY_WEIGHTS));
        Values values =
            Values.of("lead", lead.id())
                .with("happenedAt", draw.between(lead.since(), now))
                .with("user", lead.owner())
                .with("subject", subject(type));
        if (type.startsWith("phone-call")) {
          values.with("outcome", draw.one(OUTCOMES));
        }
        commands.add(new RecordCommand.Create(EntityType.ACTIVITY, type, values));
      }
    }
    apply(commands);
  }

  private String subject(String type) {
    return switch (type) {
      case "phone-call-outbound", "phone-call-inbound" ->
          draw.one(List.of("First talk", "Follow-up", "Question about fees"));
      case "email-sent", "email-opened", "email-link-clicked" ->
          draw.one(List.of("Welcome", "Course brochure", "Home loan offer", "Spring offer"));
      case "form-submitted" ->
          draw.one(List.of("Contact form", "Brochure request", "Loan calculator"));
      case "page-visited" -> draw.one(List.of("/courses", "/loans/home", "/pricing", "/about"));
      case "meeting" -> "Meeting at the branch";
      case "document-collection" -> "Identity and income documents";
      default -> "Message";
    };
  }

  private void tasks(List<Person> leads) {
    List<RecordCommand> commands = new ArrayList<>();
    for (Person lead : leads) {
      if (draw.percent(30)) {
        int kind = draw.between(0, TASK_TITLES.size() - 1);
        boolean completed = draw.percent(40);
        Instant due =
            completed
                ? draw.between(lead.since(), now)
                : now.plus(Duration.ofHours(draw.between(-72, 240)));
        Values values =
            Values.of("type", TASK_TYPES.get(kind))
                .with("title", TASK_TITLES.get(kind))
                .with("lead", lead.id())
                .with("owner", lead.owner())
                .with("dueAt", due)
                .with("status", completed ? "completed" : "pending");
        commands.add(new RecordCommand.Create(EntityType.TASK, values));
      }
      if (draw.percent(10)) {
        commands.add(
            new RecordCommand.Create(
                EntityType.NOTE, Values.of("text", draw.one(NOTES)).with("lead", lead.id())));
      }
    }
    apply(commands);
  }

  private void marks(List<Person> leads, long bangaloreList, long newsletterList) {
    List<RecordCommand> commands = new ArrayList<>();
    for (Person lead : leads) {
      RecordRef ref = RecordRef.lead(lead.id());
      if (draw.percent(25)) {
        commands.add(new RecordCommand.AddTags(ref, Set.of(draw.one(TAGS))));
      }
      if (lead.place().city().equals("Bangalore")) {
        commands.add(new RecordCommand.AddToList(ref, bangaloreList));
      }
      if (draw.percent(20)) {
        commands.add(new RecordCommand.AddToList(ref, newsletterList));
      }
    }
    apply(commands);
  }

  /** Possible sales of a part of the leads, in all stages of the ready pipeline. */
  private void opportunities(List<Person> leads) {
    List<RecordCommand> commands = new ArrayList<>();
    for (Person lead : leads) {
      if (!draw.percent(18)) {
        continue;
      }
      boolean loan = draw.percent(45);
      String status = DEAL_STATUSES.get(draw.weighted(62, 20, 12, 6));
      Instant made = draw.between(lead.since(), now);
      BigDecimal amount =
          BigDecimal.valueOf(
              loan ? draw.between(20, 90) * 50_000L : draw.between(3, 24) * 5_000L, 0);
      Values values =
          Values.of("name", draw.one(loan ? LOANS : COURSES))
              .with("lead", lead.id())
              .with("owner", lead.owner())
              .with("stage", DEAL_STAGES.get(draw.weighted(35, 25, 20, 12, 8)))
              .with("status", status)
              .with("value", new Money(amount.setScale(2), lead.place().inIndia() ? "INR" : "USD"))
              .with("createdAt", made);
      if (!status.equals("Open")) {
        values.with("closedAt", draw.between(made, now));
      }
      commands.add(new RecordCommand.Create(EntityType.OPPORTUNITY, values));
    }
    apply(commands);
  }

  private List<RecordRef> apply(List<RecordCommand> commands) {
    List<RecordRef> refs = new ArrayList<>(commands.size());
    for (int from = 0; from < commands.size(); from += CHUNK) {
      List<RecordCommand> chunk = commands.subList(from, Math.min(commands.size(), from + CHUNK));
      RecordSession session = records.open();
      for (WriteResult result : session.applyAll(chunk, CAUSE)) {
        if (!(result instanceof WriteResult.Written written)) {
          throw new IllegalStateException("The sample data does not fit the schema: " + result);
        }
        refs.add(written.ref());
      }
      session.flush();
    }
    return refs;
  }
}
