-- Nobody vouches for an address that was entered by its user before that was asked: where the last change of the address
-- in the audit trail was the user's own, and no link by mail has set a password since. All others stay confirmed, as an
-- administrator, an import or a provider brought them; to doubt them too would keep everybody from the first sign-in with
-- a provider and refuse every import of changes.
update app_user set email_confirmed = false
where email is not null
  and id in (
    select changed.actor_id
    from audit_entry changed
    join (
      select subject_id, max(seq) as seq
      from audit_entry
      where subject_kind = 'user'
        and (action in ('user.created', 'user.changed') and detail like '%"field":"email"%'
          or action = 'user.password-changed' and actor_kind = 'system')
      group by subject_id
    ) newest on newest.seq = changed.seq
    where changed.action = 'user.changed' and changed.subject_id = concat(changed.actor_id, '')
  );
