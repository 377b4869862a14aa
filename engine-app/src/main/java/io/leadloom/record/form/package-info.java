/** The complete form of leads: lead, company and contact from one entry. */
@NullMarked
package io.leadloom.record.form;

import org.jspecify.annotations.NullMarked;
