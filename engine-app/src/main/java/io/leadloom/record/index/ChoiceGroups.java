package io.leadloom.record.index;

import io.leadloom.platform.Folded;
import io.leadloom.record.index.IndexedSearch.After;
import io.leadloom.record.index.IndexedSearch.Found;
import io.leadloom.record.index.IndexedSearch.Place;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Schema.Choice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Records in the display order of the choices that they have (PLT-011), as the database sorts them too: those without one
 * first when ascending and last when descending, then those with a choice that is no more, each group by id. What the
 * index has of a choice says nothing about the order, and the order may change while records stay as they are, so one
 * group is asked for after the other until the page is full.
 */
final class ChoiceGroups {

  /** Stands in cursors for any choice that is no more; no choice can have this name. */
  private static final String GONE = "\u0001";

  private final String field;
  private final ChoiceNames names;
  private final boolean descending;

  ChoiceGroups(Place place, ChoiceNames names) {
    this.field = IndexedField.name(place.sort());
    this.names = names;
    this.descending = place.descending();
  }

  /**
   * Some of the records.
   *
   * @param forms what they may have of their choice; empty for those that have another one or none
   * @param form what cursors say of them; null for those without a choice
   */
  private record Group(Query query, List<String> forms, @Nullable String form) {}

  Found page(
      IndexSearcher searcher, Query query, @Nullable After after, int limit, boolean withTotal)
      throws IOException {
    List<Group> groups = groups();
    int at = after == null ? 0 : at(groups, after.sorted());
    List<Long> ids = new ArrayList<>();
    List<After> afters = new ArrayList<>();
    for (int i = at; i < groups.size() && ids.size() <= limit; i++) {
      Group group = groups.get(i);
      Query asked =
          new BooleanQuery.Builder()
              .add(query, Occur.FILTER)
              .add(group.query(), Occur.FILTER)
              .build();
      Long from = i == at && after != null ? after.id() : null;
      for (Long id : ids(searcher, asked, from, limit + 1 - ids.size())) {
        ids.add(id);
        afters.add(new After(id, group.form()));
      }
    }
    return new Found(ids, afters, withTotal ? searcher.count(query) : -1);
  }

  private List<Group> groups() {
    List<Choice> order = new ArrayList<>(names.choices());
    if (descending) {
      Collections.reverse(order);
    }
    List<Group> groups = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Choice choice : order) {
      List<String> forms = List.copyOf(names.forms(choice));
      known.addAll(forms);
      groups.add(new Group(having(forms), forms, forms.get(0)));
    }
    Query any = new FieldExistsQuery(field);
    groups.add(
        descending ? groups.size() : 0, new Group(ComparisonQuery.not(any), List.of(), null));
    if (!known.isEmpty()) {
      Query gone =
          new BooleanQuery.Builder()
              .add(any, Occur.FILTER)
              .add(having(known), Occur.MUST_NOT)
              .build();
      groups.add(new Group(gone, List.of(), GONE));
    }
    return groups;
  }

  private Query having(Collection<String> forms) {
    return new TermInSetQuery(
        field, forms.stream().map(Folded::of).filter(Objects::nonNull).map(BytesRef::new).toList());
  }

  /** In which group the record of a cursor is; in the last one when its choice is no more. */
  private static int at(List<Group> groups, @Nullable String form) {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (form == null ? group.form() == null : group.forms().contains(form)) {
        return i;
      }
    }
    return groups.size() - 1;
  }

  private List<Long> ids(IndexSearcher searcher, Query query, @Nullable Long after, int wanted)
      throws IOException {
    Sort byId =
        new Sort(
            LongField.newSortField(RecordIndex.ID, descending, SortedNumericSelector.Type.MIN));
    FieldDoc from =
        after == null ? null : new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {after});
    List<Long> ids = new ArrayList<>();
    for (ScoreDoc hit :
        searcher.search(query, new TopFieldCollectorManager(byId, wanted, from, wanted))
            .scoreDocs) {
      ids.add((Long) ((FieldDoc) hit).fields[0]);
    }
    return ids;
  }
}
