package io.leadloom.record.index;

import java.io.IOException;
import java.util.function.LongPredicate;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;

/** Records of which a number satisfies what no range of numbers says, such as lying on a weekday. */
final class NumbersThat extends Query {

  private final String field;
  private final String meaning;
  private final LongPredicate wanted;

  /**
   * @param meaning says the same as the predicate: two queries with equal ones are the same
   */
  NumbersThat(String field, String meaning, LongPredicate wanted) {
    this.field = field;
    this.meaning = meaning;
    this.wanted = wanted;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new ConstantScoreWeight(this, boost) {

      @Override
      public Scorer scorer(LeafReaderContext context) throws IOException {
        SortedNumericDocValues values = DocValues.getSortedNumeric(context.reader(), field);
        TwoPhaseIterator iterator =
            new TwoPhaseIterator(values) {
              @Override
              public boolean matches() throws IOException {
                return wanted.test(values.nextValue());
              }

              @Override
              public float matchCost() {
                return 100;
              }
            };
        return new ConstantScoreScorer(this, score(), scoreMode, iterator);
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return true;
      }
    };
  }

  @Override
  public String toString(String defaultField) {
    return field + " " + meaning;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumbersThat that
        && field.equals(that.field)
        && meaning.equals(that.meaning);
  }

  @Override
  public int hashCode() {
    return field.hashCode() * 31 + meaning.hashCode();
  }
}
