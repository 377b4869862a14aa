/** The settings of integrations of lead sources, and where leads come in. */
@NullMarked
package io.leadloom.source.web;

import org.jspecify.annotations.NullMarked;
