package io.leadloom.process;

import io.leadloom.process.reading.BpmnReader;
import java.io.IOException;
import java.io.StringReader;
import org.drools.core.common.InternalKnowledgeRuntime;
import org.jbpm.bpmn2.xml.BPMNExtensionsSemanticModule;
import org.jbpm.bpmn2.xml.BPMNSemanticModule;
import org.jbpm.compiler.xml.XmlProcessReader;
import org.jbpm.compiler.xml.core.SemanticModules;
import org.jbpm.ruleflow.core.RuleFlowProcess;
import org.springframework.stereotype.Component;
import org.xml.sax.SAXException;

/** Reads models and compiles them with jBPM. */
@Component
final class JbpmProcesses implements Processes {

  private final InternalKnowledgeRuntime runtime = DirectServices.runtime().getInternalKieRuntime();

  @Override
  public Reading read(String bpmn) {
    return BpmnReader.read(bpmn);
  }

  @Override
  public ExecutableProcess compile(ProcessModel model, String version) {
    JbpmDialect.Translation translation = JbpmDialect.translate(model);
    return new CompiledProcess(
        new Definition(parse(translation.xml(), version), runtime, version, translation));
  }

  private static RuleFlowProcess parse(String xml, String version) {
    SemanticModules modules = new SemanticModules();
    modules.addSemanticModule(new BPMNSemanticModule());
    modules.addSemanticModule(new BPMNExtensionsSemanticModule());
    XmlProcessReader reader = new XmlProcessReader(modules, JbpmProcesses.class.getClassLoader());
    try {
      RuleFlowProcess process = (RuleFlowProcess) reader.read(new StringReader(xml)).get(0);
      process.setVersion(version);
      return process;
    } catch (SAXException | IOException problem) {
      throw new IllegalStateException("jBPM refused a model that passed the checks", problem);
    }
  }
}
