package io.leadloom.identity.web;

import io.leadloom.identity.intake.ImportedUser;
import io.leadloom.identity.intake.UserImports;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Users from a CSV file: looked at first, written then. */
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users/imports")
class UserImportController {

  private final UserImports imports;
  private final Access access;

  UserImportController(UserImports imports, Access access) {
    this.imports = imports;
    this.access = access;
  }

  record RowJson(
      long line,
      String outcome,
      @Nullable Long id,
      String name,
      String email,
      List<Violation> violations) {

    static RowJson of(ImportedUser row) {
      return new RowJson(
          row.line(), row.outcome().key(), row.id(), row.name(), row.email(), row.violations());
    }
  }

  record ResultJson(
      boolean written,
      int created,
      int updated,
      int unchanged,
      int refused,
      int invited,
      List<RowJson> rows) {}

  @Operation(
      summary = "Takes users in from a CSV file of at most 5,000 rows",
      description =
          """
          The body is the file, in UTF-8, with a header row: email (needed), first_name, last_name or name, login, phone,
          roles, templates, superior (an e-mail address: of a user, or of another row in any order), teams, active.
          Several values in one cell are separated by semicolons; empty cells leave what stands there.
          'preview' writes nothing and says what would become of each row. Without 'partial' one refused row refuses the
          file. 'existing=update' changes users with the same e-mail address, 'existing=refuse' refuses their rows.
          With an Idempotency-Key a repetition is answered like the first try and writes nothing.
          """)
  @PostMapping
  @Needs(section = Section.USERS, value = Action.CREATE)
  ResultJson take(
      @RequestParam(defaultValue = "true") boolean preview,
      @RequestParam(defaultValue = "refuse") String existing,
      @RequestParam(defaultValue = "false") boolean partial,
      @RequestParam(defaultValue = "false") boolean invite,
      @RequestBody(required = false) byte @Nullable [] file) {
    if (!existing.equals("update") && !existing.equals("refuse")) {
      throw RefusedException.invalid(
          "What happens with users who are there is not clear",
          Violation.of("existing", existing, "update or refuse"));
    }
    boolean update = existing.equals("update");
    if (update && !access.current().may(Section.USERS, Action.EDIT)) {
      throw RefusedException.forbidden("Your permissions do not include this: users, edit");
    }
    UserImports.Choices choices = new UserImports.Choices(update, partial, invite);
    byte[] content = file == null ? new byte[0] : file;
    UserImports.Result result =
        preview ? imports.preview(content, choices) : imports.run(content, choices);
    return new ResultJson(
        result.written(),
        result.created(),
        result.updated(),
        result.unchanged(),
        result.refused(),
        result.invited(),
        result.rows().stream().map(RowJson::of).toList());
  }
}
