/** What strangers and accidents send to the whole application: it answers clearly, in bounded memory. */
@NullMarked
package io.leadloom.hostile;

import org.jspecify.annotations.NullMarked;
