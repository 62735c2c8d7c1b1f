ALTER TABLE `phone_number` ADD `inbound_script_id` text;--> statement-breakpoint
ALTER TABLE `phone_number` ADD `records_calls` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `phone_number` ADD `revision` integer DEFAULT 1 NOT NULL;