package io.leadloom.platform.permission;

/** The door to what somebody may do. Answered from memory; changes count at once, those of other nodes within two seconds. */
public interface Access {

  /** The rights of whoever is signed in on the current thread; those of nobody outside a request. */
  Rights current();

  /** The rights of a user; none for one who is inactive or not there. */
  Rights of(long userId);
}
