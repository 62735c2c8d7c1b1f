ALTER TABLE `contact` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `contact` ADD `erase_at` integer;--> statement-breakpoint
CREATE INDEX `contact_erase` ON `contact` (`erase_at`) WHERE erase_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `contact_import` ADD `file_deleted_at` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `call_limit_seconds` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `channel` text DEFAULT 'voice' NOT NULL;--> statement-breakpoint
CREATE INDEX `call_contact` ON `call` (`tenant_id`,`contact_id`,`created_at`,`id`) WHERE contact_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `thread_peer` ON `thread` (`tenant_id`,`peer`);