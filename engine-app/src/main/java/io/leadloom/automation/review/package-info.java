/** What a designer should know before publishing although nothing keeps the automation from being published. */
@NullMarked
package io.leadloom.automation.review;

import org.jspecify.annotations.NullMarked;
