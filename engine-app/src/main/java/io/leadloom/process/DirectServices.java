package io.leadloom.process;

import java.util.List;
import org.jbpm.process.instance.LightProcessRuntime;
import org.jbpm.process.instance.ProcessInstanceManager;
import org.jbpm.process.instance.ProcessRuntimeServiceProvider;
import org.jbpm.process.instance.event.KogitoProcessEventSupportImpl;
import org.jbpm.process.instance.impl.DefaultProcessInstanceManager;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieRuntime;
import org.kie.kogito.Application;
import org.kie.kogito.StaticApplication;
import org.kie.kogito.StaticConfig;
import org.kie.kogito.event.EventManager;
import org.kie.kogito.event.impl.BaseEventManager;
import org.kie.kogito.internal.process.event.KogitoProcessEventSupport;
import org.kie.kogito.internal.process.runtime.KogitoNodeInstance;
import org.kie.kogito.internal.process.runtime.KogitoProcessInstance;
import org.kie.kogito.internal.process.workitem.KogitoWorkItemManager;
import org.kie.kogito.jobs.JobDescription;
import org.kie.kogito.jobs.JobsService;
import org.kie.kogito.process.impl.DefaultProcessEventListenerConfig;
import org.kie.kogito.process.impl.DefaultWorkItemHandlerConfig;
import org.kie.kogito.process.impl.StaticProcessConfig;
import org.kie.kogito.services.identity.NoOpIdentityProvider;
import org.kie.kogito.services.signal.DefaultSignalManagerHub;
import org.kie.kogito.signal.SignalManager;
import org.kie.kogito.uow.UnitOfWork;
import org.kie.kogito.uow.UnitOfWorkManager;
import org.kie.kogito.uow.WorkUnit;
import org.kie.kogito.uow.events.UnitOfWorkEventListener;

/**
 * What jBPM's runtime needs around it, cut down to a call that lives in memory: the caller's database transaction is the
 * unit of work, waits are kept in the run's state instead of a job service, events are told by the run itself, and all
 * versions share one signal hub. One runtime serves all versions, because the process travels with the run.
 */
final class DirectServices implements ProcessRuntimeServiceProvider {

  private final ProcessInstanceManager instances = new DefaultProcessInstanceManager();
  private final SignalManager signals = new DefaultSignalManagerHub();
  private final KogitoProcessEventSupport events = new QuietEvents();
  private final UnitOfWorkManager units = new AtOnce();
  private final JobsService jobs = new NoJobs();

  static LightProcessRuntime runtime() {
    DirectServices services = new DirectServices();
    StaticProcessConfig config =
        new StaticProcessConfig(
            new DefaultWorkItemHandlerConfig(),
            new DefaultProcessEventListenerConfig(),
            services.units,
            services.jobs);
    Application application = new StaticApplication(new StaticConfig(null, config));
    return LightProcessRuntime.of(application, List.of(), services);
  }

  @Override
  public JobsService getJobsService() {
    return jobs;
  }

  @Override
  public ProcessInstanceManager getProcessInstanceManager() {
    return instances;
  }

  @Override
  public SignalManager getSignalManager() {
    return signals;
  }

  @Override
  public @Nullable KogitoWorkItemManager getKogitoWorkItemManager() {
    return null;
  }

  @Override
  public KogitoProcessEventSupport getEventSupport() {
    return events;
  }

  @Override
  public UnitOfWorkManager getUnitOfWorkManager() {
    return units;
  }

  /** jBPM's own unit of work scans for services each time; this one does things when they are said. */
  private static final class AtOnce implements UnitOfWorkManager, UnitOfWork {

    private final EventManager events = new BaseEventManager();

    @Override
    public UnitOfWork currentUnitOfWork() {
      return this;
    }

    @Override
    public UnitOfWork newUnitOfWork() {
      return this;
    }

    @Override
    public EventManager eventManager() {
      return events;
    }

    @Override
    public void register(UnitOfWorkEventListener listener) {}

    @Override
    public void start() {}

    @Override
    public void end() {}

    @Override
    public void abort() {}

    @Override
    @SuppressWarnings("rawtypes")
    public void intercept(WorkUnit work) {
      work.perform();
    }
  }

  /** No part of a run may ask jBPM for a timer: the run's state would not know it. */
  private static final class NoJobs implements JobsService {

    @Override
    public String scheduleJob(JobDescription job) {
      throw new UnsupportedOperationException("Timers are kept in the state of the run");
    }

    @Override
    public String rescheduleJob(JobDescription job) {
      return scheduleJob(job);
    }

    @Override
    public boolean cancelJob(String id) {
      return false;
    }
  }

  /** Builds no event objects, since nobody listens. */
  private static final class QuietEvents extends KogitoProcessEventSupportImpl {

    QuietEvents() {
      super(new NoOpIdentityProvider());
    }

    @Override
    public void fireBeforeProcessCompleted(KogitoProcessInstance instance, KieRuntime runtime) {}

    @Override
    public void fireAfterProcessCompleted(KogitoProcessInstance instance, KieRuntime runtime) {}

    @Override
    public void fireBeforeNodeTriggered(KogitoNodeInstance node, KieRuntime runtime) {}

    @Override
    public void fireAfterNodeTriggered(KogitoNodeInstance node, KieRuntime runtime) {}

    @Override
    public void fireBeforeNodeLeft(KogitoNodeInstance node, KieRuntime runtime) {}

    @Override
    public void fireAfterNodeLeft(KogitoNodeInstance node, KieRuntime runtime) {}
  }
}
