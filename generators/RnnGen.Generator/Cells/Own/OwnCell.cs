using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells.Own;

/// <summary>A cell of the user's: from the definition of its equations to a graph like that of any other cell.</summary>
/// <param name="spec">The layer, with its equations.</param>
/// <param name="inputSize">Features of its input.</param>
/// <param name="takesClasses">Whether the input is a class.</param>
internal sealed class OwnCell(LayerSpec spec, int inputSize, bool takesClasses)
{
    private readonly CellNode _definition = CellText.Read(spec.Cell!.Definition);

    /// <summary>The cell as data.</summary>
    /// <param name="taped">Whether for training.</param>
    /// <exception cref="CellProblemException">The equations cannot be computed.</exception>
    public CellGraph ToGraph(bool taped = false)
    {
        try
        {
            return CellRecording.ToGraph(spec.Kind.ToLowerInvariant(), hints => Record(hints, taped));
        }
        catch (CellProblemException problem)
        {
            throw problem.Of(spec.Name);
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidCastException or NullReferenceException or FormatException or OverflowException)
        {
            // Nothing that the reader writes, but metadata may hold anything.
            throw new CellProblemException(0, $"they are not valid equations ({problem.Message.TrimEnd('.')})", "rebuild the assembly that the cell comes from").Of(spec.Name);
        }
        catch (InvalidOperationException problem)
        {
            throw new CellProblemException(0, problem.Message.TrimEnd('.'), "rewrite the equations").Of(spec.Name);
        }
    }

    private CellRecorder Record(RecordingHints hints, bool taped)
    {
        var interpreter = new CellInterpreter(_definition, spec);
        var recorder = new CellRecorder(new CellOptions(spec, interpreter.Units, inputSize, takesClasses, taped), hints, interpreter.Refuse);
        interpreter.Run(recorder);
        return recorder;
    }
}
