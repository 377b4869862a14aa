package io.leadloom.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled version. Each call has a run of its own; what the runs share never changes. */
final class CompiledProcess implements ExecutableProcess {

  private volatile @Nullable Definition definition;

  CompiledProcess(Definition definition) {
    this.definition = definition;
  }

  @Override
  public Execution start(CardDoor door) {
    return new Run(definition(), door).begin();
  }

  @Override
  public Execution resume(byte[] state, Signal signal, CardDoor door) {
    Definition open = definition();
    Run run = RunStates.read(state, open, door);
    Execution execution = run.serve(signal);
    return execution == null ? new Execution(false, state, run.waits()) : execution;
  }

  @Override
  public List<Wait> waits(byte[] state) {
    return RunStates.read(state, definition(), NoDoor.INSTANCE).waits();
  }

  Definition definition() {
    Definition open = definition;
    if (open == null) {
      throw new IllegalStateException("This version of the process is closed");
    }
    return open;
  }

  @Override
  public void close() {
    definition = null;
  }

  /** For reading a state only. */
  private enum NoDoor implements CardDoor {
    INSTANCE;

    @Override
    public boolean holds(String flowId) {
      throw new IllegalStateException("The run is not carried on");
    }

    @Override
    public Outcome perform(String nodeId, int visit) {
      throw new IllegalStateException("The run is not carried on");
    }

    @Override
    public java.time.Instant due(String nodeId, int visit) {
      throw new IllegalStateException("The run is not carried on");
    }

    @Override
    public void entered(String nodeId, int visit) {}

    @Override
    public void left(String nodeId, int visit) {}
  }
}
