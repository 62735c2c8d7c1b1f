CREATE TRIGGER gate_contact_insert BEFORE INSERT ON contact WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_insert AFTER INSERT ON contact WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_update BEFORE UPDATE ON contact WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_update AFTER UPDATE ON contact WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_delete BEFORE DELETE ON contact WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'contact') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_delete AFTER DELETE ON contact WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'contact', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_list_insert BEFORE INSERT ON contact_list WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact_list') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_list_insert AFTER INSERT ON contact_list WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact_list', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_list_update BEFORE UPDATE ON contact_list WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact_list') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_list_update AFTER UPDATE ON contact_list WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact_list', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_list_delete BEFORE DELETE ON contact_list WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'contact_list') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_list_delete AFTER DELETE ON contact_list WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'contact_list', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_list_member_insert BEFORE INSERT ON contact_list_member WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact_list_member') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_list_member_insert AFTER INSERT ON contact_list_member WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact_list_member', json_array(new.list_id, new.contact_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_list_member_update BEFORE UPDATE ON contact_list_member WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact_list_member') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_list_member_update AFTER UPDATE ON contact_list_member WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact_list_member', json_array(new.list_id, new.contact_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_list_member_delete BEFORE DELETE ON contact_list_member WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'contact_list_member') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_list_member_delete AFTER DELETE ON contact_list_member WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'contact_list_member', json_array(old.list_id, old.contact_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_suppression_insert BEFORE INSERT ON suppression WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'suppression') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_suppression_insert AFTER INSERT ON suppression WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'suppression', json_array(new.e164)); END;
--> statement-breakpoint
CREATE TRIGGER gate_suppression_update BEFORE UPDATE ON suppression WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'suppression') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_suppression_update AFTER UPDATE ON suppression WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'suppression', json_array(new.e164)); END;
--> statement-breakpoint
CREATE TRIGGER gate_suppression_delete BEFORE DELETE ON suppression WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'suppression') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_suppression_delete AFTER DELETE ON suppression WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'suppression', json_array(old.e164)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_import_insert BEFORE INSERT ON contact_import WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact_import') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_import_insert AFTER INSERT ON contact_import WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact_import', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_import_update BEFORE UPDATE ON contact_import WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'contact_import') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_import_update AFTER UPDATE ON contact_import WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'contact_import', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_contact_import_delete BEFORE DELETE ON contact_import WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'contact_import') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_contact_import_delete AFTER DELETE ON contact_import WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'contact_import', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_import_rejection_insert BEFORE INSERT ON import_rejection WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'import_rejection') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_import_rejection_insert AFTER INSERT ON import_rejection WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'import_rejection', json_array(new.import_id, new.line)); END;
--> statement-breakpoint
CREATE TRIGGER gate_import_rejection_update BEFORE UPDATE ON import_rejection WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'import_rejection') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_import_rejection_update AFTER UPDATE ON import_rejection WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'import_rejection', json_array(new.import_id, new.line)); END;
--> statement-breakpoint
CREATE TRIGGER gate_import_rejection_delete BEFORE DELETE ON import_rejection WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'import_rejection') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_import_rejection_delete AFTER DELETE ON import_rejection WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'import_rejection', json_array(old.import_id, old.line)); END;
--> statement-breakpoint
CREATE TRIGGER gate_clip_insert BEFORE INSERT ON clip WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'clip') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_clip_insert AFTER INSERT ON clip WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'clip', json_array(new.key)); END;
--> statement-breakpoint
CREATE TRIGGER gate_clip_update BEFORE UPDATE ON clip WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'clip') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_clip_update AFTER UPDATE ON clip WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'clip', json_array(new.key)); END;
--> statement-breakpoint
CREATE TRIGGER gate_clip_delete BEFORE DELETE ON clip WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'clip') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_clip_delete AFTER DELETE ON clip WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'clip', json_array(old.key)); END;
--> statement-breakpoint
CREATE TRIGGER gate_script_insert BEFORE INSERT ON script WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'script') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_script_insert AFTER INSERT ON script WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'script', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_script_update BEFORE UPDATE ON script WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'script') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_script_update AFTER UPDATE ON script WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'script', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_script_delete BEFORE DELETE ON script WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'script') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_script_delete AFTER DELETE ON script WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'script', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_script_version_insert BEFORE INSERT ON script_version WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'script_version') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_script_version_insert AFTER INSERT ON script_version WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'script_version', json_array(new.script_id, new.version)); END;
--> statement-breakpoint
CREATE TRIGGER gate_script_version_update BEFORE UPDATE ON script_version WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'script_version') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_script_version_update AFTER UPDATE ON script_version WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'script_version', json_array(new.script_id, new.version)); END;
--> statement-breakpoint
CREATE TRIGGER gate_script_version_delete BEFORE DELETE ON script_version WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'script_version') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_script_version_delete AFTER DELETE ON script_version WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'script_version', json_array(old.script_id, old.version)); END;
--> statement-breakpoint
CREATE TRIGGER gate_attempt_insert BEFORE INSERT ON attempt WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'attempt') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_attempt_insert AFTER INSERT ON attempt WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'attempt', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_attempt_update BEFORE UPDATE ON attempt WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'attempt') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_attempt_update AFTER UPDATE ON attempt WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'attempt', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_attempt_delete BEFORE DELETE ON attempt WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'attempt') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_attempt_delete AFTER DELETE ON attempt WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'attempt', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_campaign_insert BEFORE INSERT ON campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'campaign') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_campaign_insert AFTER INSERT ON campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'campaign', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_campaign_update BEFORE UPDATE ON campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'campaign') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_campaign_update AFTER UPDATE ON campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'campaign', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_campaign_delete BEFORE DELETE ON campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'campaign') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_campaign_delete AFTER DELETE ON campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'campaign', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_dial_day_insert BEFORE INSERT ON dial_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'dial_day') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_dial_day_insert AFTER INSERT ON dial_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'dial_day', json_array(new.day)); END;
--> statement-breakpoint
CREATE TRIGGER gate_dial_day_update BEFORE UPDATE ON dial_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'dial_day') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_dial_day_update AFTER UPDATE ON dial_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'dial_day', json_array(new.day)); END;
--> statement-breakpoint
CREATE TRIGGER gate_dial_day_delete BEFORE DELETE ON dial_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'dial_day') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_dial_day_delete AFTER DELETE ON dial_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'dial_day', json_array(old.day)); END;
--> statement-breakpoint
CREATE TRIGGER gate_enrolment_insert BEFORE INSERT ON enrolment WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'enrolment') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_enrolment_insert AFTER INSERT ON enrolment WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'enrolment', json_array(new.campaign_id, new.contact_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_enrolment_update BEFORE UPDATE ON enrolment WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'enrolment') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_enrolment_update AFTER UPDATE ON enrolment WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'enrolment', json_array(new.campaign_id, new.contact_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_enrolment_delete BEFORE DELETE ON enrolment WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'enrolment') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_enrolment_delete AFTER DELETE ON enrolment WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'enrolment', json_array(old.campaign_id, old.contact_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_call_insert BEFORE INSERT ON call WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'call') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_call_insert AFTER INSERT ON call WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'call', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_call_update BEFORE UPDATE ON call WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'call') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_call_update AFTER UPDATE ON call WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'call', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_call_delete BEFORE DELETE ON call WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'call') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_call_delete AFTER DELETE ON call WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'call', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_snapshot_insert BEFORE INSERT ON snapshot WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'snapshot') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_snapshot_insert AFTER INSERT ON snapshot WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'snapshot', json_array(new.call_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_snapshot_update BEFORE UPDATE ON snapshot WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'snapshot') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_snapshot_update AFTER UPDATE ON snapshot WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'snapshot', json_array(new.call_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_snapshot_delete BEFORE DELETE ON snapshot WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'snapshot') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_snapshot_delete AFTER DELETE ON snapshot WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'snapshot', json_array(old.call_id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_utterance_insert BEFORE INSERT ON utterance WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'utterance') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_utterance_insert AFTER INSERT ON utterance WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'utterance', json_array(new.call_id, new.turn, new.step)); END;
--> statement-breakpoint
CREATE TRIGGER gate_utterance_update BEFORE UPDATE ON utterance WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'utterance') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_utterance_update AFTER UPDATE ON utterance WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'utterance', json_array(new.call_id, new.turn, new.step)); END;
--> statement-breakpoint
CREATE TRIGGER gate_utterance_delete BEFORE DELETE ON utterance WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'utterance') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_utterance_delete AFTER DELETE ON utterance WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'utterance', json_array(old.call_id, old.turn, old.step)); END;
--> statement-breakpoint
CREATE TRIGGER gate_message_insert BEFORE INSERT ON message WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'message') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_message_insert AFTER INSERT ON message WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'message', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_message_update BEFORE UPDATE ON message WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'message') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_message_update AFTER UPDATE ON message WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'message', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_message_delete BEFORE DELETE ON message WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'message') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_message_delete AFTER DELETE ON message WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'message', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_thread_insert BEFORE INSERT ON thread WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'thread') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_thread_insert AFTER INSERT ON thread WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'thread', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_thread_update BEFORE UPDATE ON thread WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'thread') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_thread_update AFTER UPDATE ON thread WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'thread', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_thread_delete BEFORE DELETE ON thread WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'thread') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_thread_delete AFTER DELETE ON thread WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'thread', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_recording_insert BEFORE INSERT ON recording WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'recording') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_recording_insert AFTER INSERT ON recording WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'recording', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_recording_update BEFORE UPDATE ON recording WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'recording') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_recording_update AFTER UPDATE ON recording WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'recording', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_recording_delete BEFORE DELETE ON recording WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'recording') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_recording_delete AFTER DELETE ON recording WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'recording', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_campaign_insert BEFORE INSERT ON figure_campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'figure_campaign') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_campaign_insert AFTER INSERT ON figure_campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'figure_campaign', json_array(new.at, new.campaign_id, new.kind, new.script_id, new.script_version)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_campaign_update BEFORE UPDATE ON figure_campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'figure_campaign') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_campaign_update AFTER UPDATE ON figure_campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'figure_campaign', json_array(new.at, new.campaign_id, new.kind, new.script_id, new.script_version)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_campaign_delete BEFORE DELETE ON figure_campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'figure_campaign') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_campaign_delete AFTER DELETE ON figure_campaign WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'figure_campaign', json_array(old.at, old.campaign_id, old.kind, old.script_id, old.script_version)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_day_insert BEFORE INSERT ON figure_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'figure_day') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_day_insert AFTER INSERT ON figure_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'figure_day', json_array(new.at, new.kind)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_day_update BEFORE UPDATE ON figure_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'figure_day') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_day_update AFTER UPDATE ON figure_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'figure_day', json_array(new.at, new.kind)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_day_delete BEFORE DELETE ON figure_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'figure_day') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_day_delete AFTER DELETE ON figure_day WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'figure_day', json_array(old.at, old.kind)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_quarter_insert BEFORE INSERT ON figure_quarter WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'figure_quarter') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_quarter_insert AFTER INSERT ON figure_quarter WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'figure_quarter', json_array(new.at, new.kind)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_quarter_update BEFORE UPDATE ON figure_quarter WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'figure_quarter') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_quarter_update AFTER UPDATE ON figure_quarter WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'figure_quarter', json_array(new.at, new.kind)); END;
--> statement-breakpoint
CREATE TRIGGER gate_figure_quarter_delete BEFORE DELETE ON figure_quarter WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'figure_quarter') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_figure_quarter_delete AFTER DELETE ON figure_quarter WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'figure_quarter', json_array(old.at, old.kind)); END;
--> statement-breakpoint
CREATE TRIGGER gate_price_pass_insert BEFORE INSERT ON price_pass WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'price_pass') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_price_pass_insert AFTER INSERT ON price_pass WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'price_pass', json_array(new.minutes)); END;
--> statement-breakpoint
CREATE TRIGGER gate_price_pass_update BEFORE UPDATE ON price_pass WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'price_pass') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_price_pass_update AFTER UPDATE ON price_pass WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'price_pass', json_array(new.minutes)); END;
--> statement-breakpoint
CREATE TRIGGER gate_price_pass_delete BEFORE DELETE ON price_pass WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'price_pass') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_price_pass_delete AFTER DELETE ON price_pass WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'price_pass', json_array(old.minutes)); END;
--> statement-breakpoint
CREATE TRIGGER gate_webhook_delivery_insert BEFORE INSERT ON webhook_delivery WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'webhook_delivery') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_webhook_delivery_insert AFTER INSERT ON webhook_delivery WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'webhook_delivery', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_webhook_delivery_update BEFORE UPDATE ON webhook_delivery WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'webhook_delivery') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_webhook_delivery_update AFTER UPDATE ON webhook_delivery WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'webhook_delivery', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_webhook_delivery_delete BEFORE DELETE ON webhook_delivery WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'webhook_delivery') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_webhook_delivery_delete AFTER DELETE ON webhook_delivery WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'webhook_delivery', json_array(old.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_webhook_endpoint_insert BEFORE INSERT ON webhook_endpoint WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'webhook_endpoint') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_webhook_endpoint_insert AFTER INSERT ON webhook_endpoint WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'webhook_endpoint', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_webhook_endpoint_update BEFORE UPDATE ON webhook_endpoint WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'held' AND fills IS NOT 'webhook_endpoint') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = new.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_webhook_endpoint_update AFTER UPDATE ON webhook_endpoint WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = new.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (new.tenant_id, 'webhook_endpoint', json_array(new.id)); END;
--> statement-breakpoint
CREATE TRIGGER gate_webhook_endpoint_delete BEFORE DELETE ON webhook_endpoint WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'held' AND fills IS NOT 'webhook_endpoint') BEGIN SELECT iif(fills IS NULL, RAISE(ABORT, 'the tenant is not at home in this shard'), RAISE(IGNORE)) FROM tenant_gate WHERE tenant_id = old.tenant_id; END;
--> statement-breakpoint
CREATE TRIGGER note_webhook_endpoint_delete AFTER DELETE ON webhook_endpoint WHEN EXISTS (SELECT 1 FROM tenant_gate WHERE tenant_id = old.tenant_id AND state = 'logged') BEGIN INSERT INTO tenant_change (tenant_id, table_name, row_key) VALUES (old.tenant_id, 'webhook_endpoint', json_array(old.id)); END;
