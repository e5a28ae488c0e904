"""The only writers of meetings, agendas, attendance, decisions and notes."""
