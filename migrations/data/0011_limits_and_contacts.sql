ALTER TABLE `campaign` ADD `call_limit_seconds` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `channel` text DEFAULT 'voice' NOT NULL;--> statement-breakpoint
CREATE INDEX `call_contact` ON `call` (`tenant_id`,`contact_id`,`created_at`,`id`) WHERE contact_id IS NOT NULL;