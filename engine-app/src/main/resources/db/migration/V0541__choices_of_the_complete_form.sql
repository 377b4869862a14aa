-- Names that somebody has given to choices of their own stand already, and so do the forms in which they are stored: a form
-- that is taken by one that is called something else by now leaves the name free.
insert into choice (id, kind, label, position, colour, active, hidden, parent_id, delivered, stored_form)
select fresh.id, fresh.kind, fresh.label, fresh.place, null, true, false, null, fresh.delivered,
       case when exists (select 1 from choice_form kept
                          where kept.kind = fresh.kind and lower(kept.form) = lower(fresh.label))
            then concat(fresh.label, ' (form)') else fresh.label end
  from (select 52 as id, 'source' as kind, 'Self-generation' as label, 21 as place, 'self-generation' as delivered
        union all select 53, 'source', 'Email', 22, 'email'
        union all select 54, 'source', 'Call', 23, 'call'
        union all select 55, 'source', 'Chat', 24, 'chat'
        union all select 56, 'source', 'Vendor', 25, 'vendor'
        union all select 57, 'source', 'Website form', 26, 'website-form'
        union all select 58, 'source', 'Social media', 27, 'social-media'
        union all select 59, 'source', 'Partner', 28, 'partner'
        union all select 80, 'salesDirection', 'New business', 1, null
        union all select 81, 'salesDirection', 'Existing customers', 2, null
        union all select 90, 'distributionChannel', 'Website', 1, null
        union all select 91, 'distributionChannel', 'Newsletter', 2, null
        union all select 92, 'distributionChannel', 'Social networks', 3, null
        union all select 93, 'distributionChannel', 'Advertising', 4, null
        union all select 94, 'distributionChannel', 'Events', 5, null) fresh
 where not exists (select 1 from choice other where other.kind = fresh.kind and lower(other.label) = lower(fresh.label));
update choice set offered = true, delivered = lower(replace(label, ' ', '-'))
 where kind = 'source' and delivered is null
   and lower(label) in ('self-generation', 'email', 'call', 'chat', 'vendor', 'partner', 'website form',
                        'social media');
insert into choice_form (kind, form, choice_id)
select kind, stored_form, id from choice where id in (52, 53, 54, 55, 56, 57, 58, 59, 80, 81, 90, 91, 92, 93, 94);

-- How leads are worked with (LEAD-214).
alter table lead_setting add column flag_on_allocation boolean default true not null;
alter table lead_setting add column follow_up_mail boolean default true not null;
alter table lead_setting add column without_company boolean default false not null;
