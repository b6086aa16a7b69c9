namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>From recurrent equations to a graph.</summary>
internal static class CellRecording
{
    /// <summary>The cell as data.</summary>
    /// <param name="kind">For display: <c>lstm</c>.</param>
    /// <param name="record">Records the equations; twice, because the first reading tells which names later equations need.</param>
    public static CellGraph ToGraph(string kind, Func<RecordingHints, CellRecorder> record)
    {
        var recorder = record(record(new RecordingHints()).Hints);
        var builder = new CellGraphBuilder(kind, recorder.Units);
        foreach (var state in recorder.States)
            builder.AddState(state);
        foreach (var parameter in recorder.Parameters())
            builder.AddParameter(parameter);
        new StageScheduler(recorder, recorder.Names).Schedule(builder, recorder.Aligned);
        return builder.Build();
    }
}
