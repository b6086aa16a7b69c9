using RnnGen.Generator.Spec;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>How the public members take time steps: as vectors, or as classes.</summary>
internal sealed class InputSurface(NetworkSpec spec)
{
    /// <summary>The type of one time step.</summary>
    public string StepType => spec.OneHot ? "int" : ReadOnlyFloats;

    /// <summary>The same in a reference of documentation.</summary>
    public string StepCref => spec.OneHot ? "int" : "global::System.ReadOnlySpan{float}";

    /// <summary>The type of several time steps.</summary>
    public string SpanType => spec.OneHot ? "global::System.ReadOnlySpan<int>" : ReadOnlyFloats;

    /// <summary>Whether time steps are classes, which are copied before they are used.</summary>
    public bool OfClasses => spec.OneHot;

    /// <summary>The type of one value of a time step.</summary>
    public string ItemType => spec.OneHot ? "int" : "float";

    /// <summary>What one time step is, for documentation.</summary>
    public string StepShape => spec.OneHot ? "a class from 0 to InputSize − 1" : "[InputSize]";

    /// <summary>Values per time step.</summary>
    public string FrameSize => spec.OneHot ? "1" : "InputSize";

    /// <summary>What must be written for a stream without a step, for documentation.</summary>
    public string OfInactive => spec.OneHot ? "; its input must still be a class" : "";

    /// <summary>Refuses a wrong time step.</summary>
    public string CheckStep => spec.OneHot
        ? $"float frame = {InRuntime}Guard.Class(input, InputSize, \"input\");"
        : $"{InRuntime}Guard.Length(input.Length, InputSize, \"input\", \"InputSize\");";

    /// <summary>One time step as kernels take it.</summary>
    public string Frame => spec.OneHot ? "new(in frame)" : "input";

    /// <summary>Makes several time steps ready for kernels; refuses classes that are none, and frames that outputs would overwrite.</summary>
    public string Prepare => Prepared("Overlap");

    /// <summary>The same for one time step of each of many streams.</summary>
    public string PrepareStreams => Prepared("StreamOverlap");

    /// <summary>Several time steps as kernels take them.</summary>
    public string Frames => spec.OneHot ? "frames.Span" : "input";

    /// <summary>The number of time steps of a sequence; refuses a wrong length.</summary>
    public string Steps => $"{InRuntime}Guard.Steps(input.Length, {FrameSize}, \"input\", {(spec.OneHot ? "\"1\"" : "\"InputSize\"")})";

    private string Prepared(string overlap) => spec.OneHot
        ? $"using {InRuntime}ClassFrames frames = new(input, InputSize, \"input\");"
        : $"{InRuntime}Guard.{overlap}(input, output, MemoryLayout, \"output\");";
}
