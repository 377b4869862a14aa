package io.leadloom.record.calling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Dialling campaigns and their people in the database. */
@Component
class CampaignRows {

  private static final String SELECT =
      "select c.id, c.process_id, c.name, c.version,"
          + " (select count(*) from lead_list_campaign l where l.campaign_id = c.id) from dialling_campaign c ";
  private static final String MEMBERS =
      "select m.campaign_id, m.user_id from dialling_campaign_member m"
          + " join dialling_campaign c on c.id = m.campaign_id join app_user u on u.id = m.user_id ";

  private final JdbcTemplate jdbc;

  CampaignRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The campaigns of a process by name. */
  List<Campaign> of(long process) {
    return read("where c.process_id = ? ", "order by c.folded", process);
  }

  /** The campaigns of a process by name, without their people, who may be many. */
  List<LeadLists.CampaignName> names(long process) {
    return jdbc.query(
        "select id, name from dialling_campaign where process_id = ? order by folded",
        (row, number) -> new LeadLists.CampaignName(row.getLong(1), row.getString(2)),
        process);
  }

  /** The names of the lead lists that a campaign has. */
  List<String> lists(long id) {
    return jdbc.queryForList(
        "select l.name from lead_list l join lead_list_campaign c on c.list_id = l.id"
            + " where c.campaign_id = ? order by l.folded",
        String.class,
        id);
  }

  /** How many campaigns a process has. */
  int count(long process) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from dialling_campaign where process_id = ?", Integer.class, process);
    return count == null ? 0 : count;
  }

  Optional<Campaign> find(long id) {
    return read("where c.id = ? ", "", id).stream().findFirst();
  }

  private List<Campaign> read(String which, String order, long id) {
    Map<Long, List<Long>> members = new HashMap<>();
    jdbc.query(
        MEMBERS + which + "order by u.name, u.id",
        row -> {
          members.computeIfAbsent(row.getLong(1), each -> new ArrayList<>()).add(row.getLong(2));
        },
        id);
    return jdbc.query(
        SELECT + which + order,
        (row, number) ->
            new Campaign(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                members.getOrDefault(row.getLong(1), List.of()),
                row.getInt(5),
                row.getInt(4)),
        id);
  }

  void insert(Campaign campaign) {
    Named.write(
        "campaign",
        campaign.name(),
        () ->
            jdbc.update(
                "insert into dialling_campaign (id, process_id, name, folded, version) values (?, ?, ?, ?, ?)",
                campaign.id(),
                campaign.process(),
                campaign.name(),
                Named.folded(campaign.name()),
                campaign.version()));
    insertMembers(campaign);
  }

  void update(Campaign campaign) {
    Named.write(
        "campaign",
        campaign.name(),
        () ->
            jdbc.update(
                "update dialling_campaign set name = ?, folded = ?, version = ? where id = ?",
                campaign.name(),
                Named.folded(campaign.name()),
                campaign.version(),
                campaign.id()));
    jdbc.update("delete from dialling_campaign_member where campaign_id = ?", campaign.id());
    insertMembers(campaign);
  }

  private void insertMembers(Campaign campaign) {
    jdbc.batchUpdate(
        "insert into dialling_campaign_member (campaign_id, user_id) values (?, ?)",
        campaign.members().stream().map(member -> new Object[] {campaign.id(), member}).toList());
  }

  /** Its lists stay and are no longer assigned to it. */
  void delete(long id) {
    jdbc.update("delete from dialling_campaign where id = ?", id);
  }
}
