package io.leadloom.schema.deal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of what opportunities are made of. */
@Component
public class DealRows {

  private final JdbcTemplate jdbc;

  DealRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** All of it, as it stands in the transaction at hand. */
  public Deals read() {
    Map<Long, List<Pipeline.Stage>> stages = new HashMap<>();
    jdbc.query(
        "select pipeline_id, id, name, in_funnel, in_pie from pipeline_stage"
            + " order by pipeline_id, position, id",
        row -> {
          stages
              .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
              .add(
                  new Pipeline.Stage(
                      row.getLong(2), row.getString(3), row.getBoolean(4), row.getBoolean(5)));
        });
    List<Pipeline> pipelines =
        jdbc.query(
            "select id, name, in_funnel, in_pie, version from pipeline order by position, id",
            (row, n) ->
                new Pipeline(
                    row.getLong(1),
                    row.getString(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getInt(5),
                    stages.getOrDefault(row.getLong(1), List.of())));
    List<DealStatus> statuses =
        jdbc.query(
            "select id, name, kind, delivered from opportunity_status order by position, id",
            (row, n) ->
                new DealStatus(
                    row.getLong(1),
                    row.getString(2),
                    StatusKind.of(row.getString(3)).orElseThrow(),
                    row.getBoolean(4)));
    Boolean duplicates =
        jdbc.queryForObject(
            "select allow_duplicates from opportunity_setting where id = 1", Boolean.class);
    Map<MappingPage, Map<Long, Long>> pairs = new EnumMap<>(MappingPage.class);
    jdbc.query(
        "select page, lead_field, target_field from lead_mapping order by page, lead_field",
        row -> {
          long target = row.getLong(3);
          long lead = row.getLong(2);
          MappingPage.of(row.getString(1))
              .ifPresent(
                  page ->
                      pairs.computeIfAbsent(page, key -> new LinkedHashMap<>()).put(lead, target));
        });
    return Deals.of(pipelines, statuses, Boolean.TRUE.equals(duplicates), former(), pairs);
  }

  private Deals.Former former() {
    Map<String, Map<String, Long>> names =
        forms("select field_key, name, means from opportunity_former_name");
    Map<String, Map<String, Long>> forms =
        forms("select field_key, form, means from opportunity_form");
    Set<String> orphans =
        new HashSet<>(
            jdbc.queryForList(
                "select form from opportunity_form where field_key = ? and chosen = false",
                String.class,
                OpportunityFields.STAGE));
    return new Deals.Former() {
      @Override
      public Set<String> orphans() {
        return orphans;
      }

      @Override
      public Map<String, Long> names(String field) {
        return names.getOrDefault(field, Map.of());
      }

      @Override
      public Map<String, Long> forms(String field) {
        return forms.getOrDefault(field, Map.of());
      }
    };
  }

  private Map<String, Map<String, Long>> forms(String query) {
    Map<String, Map<String, Long>> read = new HashMap<>();
    jdbc.query(
        query,
        row -> {
          read.computeIfAbsent(row.getString(1), key -> new HashMap<>())
              .put(row.getString(2), row.getLong(3));
        });
    return read;
  }

  void insert(Pipeline pipeline, int position) {
    jdbc.update(
        "insert into pipeline (id, name, position, in_funnel, in_pie, version) values (?, ?, ?, ?, ?, 1)",
        pipeline.id(),
        pipeline.name(),
        position,
        pipeline.funnel(),
        pipeline.pie());
  }

  void update(Pipeline pipeline) {
    jdbc.update(
        "update pipeline set name = ?, in_funnel = ?, in_pie = ?, version = ? where id = ?",
        pipeline.name(),
        pipeline.funnel(),
        pipeline.pie(),
        pipeline.version(),
        pipeline.id());
  }

  /** The row's lock keeps others from changing the same pipeline. */
  @Nullable Integer lock(long pipeline) {
    return jdbc
        .queryForList(
            "select version from pipeline where id = ? for update", Integer.class, pipeline)
        .stream()
        .findFirst()
        .orElse(null);
  }

  void insert(long pipeline, Pipeline.Stage stage, int position) {
    jdbc.update(
        "insert into pipeline_stage (id, pipeline_id, name, position, in_funnel, in_pie)"
            + " values (?, ?, ?, ?, ?, ?)",
        stage.id(),
        pipeline,
        stage.name(),
        position,
        stage.funnel(),
        stage.pie());
  }

  void update(Pipeline.Stage stage, int position) {
    jdbc.update(
        "update pipeline_stage set name = ?, position = ?, in_funnel = ?, in_pie = ? where id = ?",
        stage.name(),
        position,
        stage.funnel(),
        stage.pie(),
        stage.id());
  }

  void deleteStage(long stage) {
    jdbc.update("delete from pipeline_stage where id = ?", stage);
  }

  void deletePipeline(long pipeline) {
    jdbc.update("delete from pipeline_stage where pipeline_id = ?", pipeline);
    jdbc.update("delete from pipeline where id = ?", pipeline);
  }

  void position(long pipeline, int position) {
    jdbc.update("update pipeline set position = ? where id = ?", position, pipeline);
  }

  /** Whoever asks for this name means that one from now on. */
  void formerName(String field, String name, long means) {
    jdbc.update(
        "delete from opportunity_former_name where field_key = ? and name = ?", field, name);
    jdbc.update(
        "insert into opportunity_former_name (field_key, name, means) values (?, ?, ?)",
        field,
        name,
        means);
  }

  /** Whoever asks for something that goes by one of its names means the other one from now on; without one, nothing. */
  void namesOfGone(String field, long gone, String name, @Nullable Long by) {
    if (by == null) {
      jdbc.update(
          "delete from opportunity_former_name where field_key = ? and means = ?", field, gone);
      return;
    }
    jdbc.update(
        "update opportunity_former_name set means = ? where field_key = ? and means = ?",
        by,
        field,
        gone);
    formerName(field, name, by);
  }

  /**
   * Every record that keeps the one has the other from now on.
   *
   * @param chosen whether somebody has said that the other stands for it
   */
  void replaced(String field, long gone, long by, boolean chosen) {
    jdbc.update(
        chosen
            ? "update opportunity_form set means = ? where field_key = ? and means = ?"
            : "update opportunity_form set means = ?, chosen = false where field_key = ? and means = ?",
        by,
        field,
        gone);
    jdbc.update(
        "insert into opportunity_form (field_key, form, means, chosen) values (?, ?, ?, ?)",
        field,
        Long.toString(gone),
        by,
        chosen);
  }

  /** Whatever records keep of things that are gone means this one from now on, the only one there is; names mean nothing. */
  void replacedAll(String field, long by) {
    jdbc.update("update opportunity_form set means = ? where field_key = ?", by, field);
    jdbc.update("delete from opportunity_former_name where field_key = ?", field);
  }

  void insert(DealStatus status, int position) {
    jdbc.update(
        "insert into opportunity_status (id, name, kind, delivered, position) values (?, ?, ?, ?, ?)",
        status.id(),
        status.name(),
        status.kind().key(),
        status.delivered(),
        position);
  }

  void rename(DealStatus status) {
    jdbc.update("update opportunity_status set name = ? where id = ?", status.name(), status.id());
  }

  void deleteStatus(long status) {
    jdbc.update("delete from opportunity_status where id = ?", status);
  }

  void allowDuplicates(boolean allowed) {
    jdbc.update("update opportunity_setting set allow_duplicates = ? where id = 1", allowed);
  }

  void pairs(MappingPage page, Map<Long, Long> pairs) {
    jdbc.update("delete from lead_mapping where page = ?", page.key());
    pairs.forEach(
        (lead, target) ->
            jdbc.update(
                "insert into lead_mapping (page, lead_field, target_field) values (?, ?, ?)",
                page.key(),
                lead,
                target));
  }
}
