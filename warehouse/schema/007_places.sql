-- In how many accepted cells the meaning is printed that this figure stands for, 0 while it stands
-- for none: mart.figures are the figures with places > 0. Written by every publication.
ALTER TABLE observation ADD COLUMN places INTEGER DEFAULT 0;
