using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Runtime;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>What a network's header says in words.</summary>
internal sealed class NativeHeaderText(NativePlan plan)
{
    private bool OneHot => plan.Network.Spec.OneHot;

    private bool ManyToOne => plan.Network.ManyToOne;

    private string InputSize => NativeText.Size(plan, NativeOperation.InputSize);

    private string OutputSize => NativeText.Size(plan, NativeOperation.OutputSize);

    private string StateSize => NativeText.Size(plan, NativeOperation.StateSize);

    /// <summary>What the network is.</summary>
    public string OfNetwork() =>
        $"{SurfaceText.NameOf(plan.Network)}: {N(plan.Network.Spec.InputSize)} {(OneHot ? "classes" : "features")} a time step, " +
        $"{N(plan.Network.OutputSize)} outputs {(ManyToOne ? "a sequence" : "a time step")}.";

    /// <summary>What a size counts.</summary>
    public string OfSize(NativeOperation size) => size switch
    {
        NativeOperation.InputSize => OneHot ? "Classes of a time step." : "Features a time step.",
        NativeOperation.OutputSize => ManyToOne ? "Outputs a sequence." : "Outputs a time step.",
        NativeOperation.StateSize => "Floats of state.",
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, null),
    };

    /// <summary>What a function does.</summary>
    public string Of(NativeFunction function) => function.Operation switch
    {
        NativeOperation.CreateFromMemory => "Makes a network with the weights of a safetensors file that is in memory.",
        NativeOperation.CreateFromFile => "Makes a network with the weights of a safetensors file.",
        NativeOperation.CreateDefault => "Makes a network with the weights that are in the library.",
        NativeOperation.Destroy => "Ends a network. A call that is under way on another thread goes on to its end; later ones are refused.",
        NativeOperation.Step =>
            $"One time step: its input in, its answer out{(ManyToOne ? ", as if the sequence ended here" : "")}. The state is kept for the next one. "
            + "Nothing is allocated.",
        NativeOperation.Run =>
            "A sequence from the network's state, which is left where the sequence ends: T time steps in, "
            + $"{(ManyToOne ? "the sequence's answer" : "an answer a time step")} out.",
        NativeOperation.Reset => "Sets the state to that before a first step.",
        NativeOperation.GetState => "Copies the state out: with it and the next function one network serves many streams, in turn.",
        NativeOperation.SetState => "Sets the state.",
        NativeOperation.InputSize or NativeOperation.OutputSize or NativeOperation.StateSize =>
            $"{NativeText.Size(plan, function.Operation)} of the library, which is another than this header's where they do not belong together.",
        NativeOperation.LastError =>
            "The text of the calling thread's last failure, UTF-8: which argument, what was expected and what came. Success leaves it alone.",
        _ => throw new ArgumentOutOfRangeException(nameof(function), function.Operation, null),
    };

    /// <summary>What a function returns; null where that needs no words.</summary>
    public string? OfResult(NativeFunction function) => function switch
    {
        { ReturnsCode: true } => $"Returns {Code(NativeStatus.Ok)}, {string.Join(", ", function.Refusals.Select(Code))} or {Code(NativeStatus.Internal)}.",
        { Operation: NativeOperation.LastError } => "Returns the bytes that the whole text needs, its zero byte included.",
        _ => null,
    };

    /// <summary>What a parameter of a function is.</summary>
    public string Of(NativeFunction function, NativeParameter parameter) => parameter.Role switch
    {
        NativeRole.Network =>
            "the network" + (function.Operation == NativeOperation.Destroy ? ", or NULL, which leaves the text of the last failure as it is" : ""),
        NativeRole.Created => $"receives the network, or NULL; {NativeText.Name(plan, NativeOperation.Destroy)} ends it",
        NativeRole.File => "a whole safetensors file; not needed afterwards",
        NativeRole.FileLength => "its length",
        NativeRole.Path => "the file's path: UTF-8, ended by a zero byte",
        NativeRole.Input => parameter.Type switch
        {
            NativeType.Class => $"the class, from 0 to {InputSize} - 1",
            NativeType.Classes => $"T classes, each from 0 to {InputSize} - 1",
            _ when IsSequence(function) => $"T x {InputSize} floats, time step by time step",
            _ => $"{InputSize} floats",
        },
        NativeRole.InputLength => !IsSequence(function) ? InputSize : OneHot ? "T, at least 1" : $"T x {InputSize}, T at least 1",
        NativeRole.Output => $"receives {Outputs(function)} floats{Of(function.Overlap)}",
        NativeRole.OutputLength => Outputs(function),
        NativeRole.State =>
            $"{(parameter.Type == NativeType.FloatBuffer ? "receives " : "")}{StateSize} floats: {StateText.Order(plan.Network)}",
        NativeRole.StateLength => StateSize,
        NativeRole.Buffer => "receives the text, cut where it does not fit, with a zero byte at its end; may be NULL",
        NativeRole.Capacity => "bytes of buffer; nothing is written where it is 0",
        _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Role, null),
    };

    private static string Of(NativeOverlap? overlap) => overlap switch
    {
        null => "",
        NativeOverlap.Anywhere => "; may overlap input",
        NativeOverlap.NoLater => "; may overlap input where each answer ends no later than its time step",
        NativeOverlap.Nowhere => "; it is apart from input",
        _ => throw new ArgumentOutOfRangeException(nameof(overlap), overlap, null),
    };

    private static bool IsSequence(NativeFunction function) => function.Operation == NativeOperation.Run;

    private string Outputs(NativeFunction function) => IsSequence(function) && !ManyToOne ? $"T x {OutputSize}" : OutputSize;

    private string Code(NativeStatus status) => NativeText.Code(plan, status);
}
