DROP INDEX `call_created`;--> statement-breakpoint
DROP INDEX `call_campaign`;--> statement-breakpoint
ALTER TABLE `call` ADD `peer` text GENERATED ALWAYS AS (iif(direction = 'outbound', to_number, from_number)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `call_peer` ON `call` (`tenant_id`,`peer`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `call_sid` ON `call` (`tenant_id`,`twilio_sid`,`created_at`,`id`) WHERE twilio_sid IS NOT NULL;--> statement-breakpoint
CREATE INDEX `call_created` ON `call` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `call_campaign` ON `call` (`tenant_id`,`campaign_id`,`created_at`,`id`);--> statement-breakpoint
ALTER TABLE `campaign` ADD `caller_ids` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `ring_seconds` integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `max_calls_per_second` real;--> statement-breakpoint
ALTER TABLE `campaign` ADD `max_concurrent_calls` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `breaker_percent` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `records_calls` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `revision` integer DEFAULT 1 NOT NULL;