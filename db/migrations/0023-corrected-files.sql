-- When a file was last written: one that was corrected since its import was cut off is read anew,
-- though its size and beginning are what they were. Of imports before it is not known.
alter table file_imports add column modified_at timestamptz;
