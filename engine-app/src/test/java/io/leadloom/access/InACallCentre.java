package io.leadloom.access;

import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Staff;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Tests that begin with a process that has a supervisor and an agent. */
abstract class InACallCentre {
  @Autowired MockMvc http;
  @Autowired Staff staff;

  CallCentre centre;
  People people;
  Caller admin;
  Somebody supervisor;
  Somebody agent;
  long table;
  long process;
  String mark;
  String lists;

  @BeforeEach
  void aProcessWithASupervisorAndAnAgent() {
    people = new People(http, staff);
    centre = new CallCentre(people);
    admin = people.admin();
    supervisor = centre.supervisor;
    agent = centre.agent;
    table = centre.table;
    process = centre.process;
    mark = centre.mark;
    lists = "/processes/" + process + "/lead-lists";
  }
}
