/** Feature switches over HTTP, and the gate before what is switched off. */
@NullMarked
package io.leadloom.platform.feature.web;

import org.jspecify.annotations.NullMarked;
