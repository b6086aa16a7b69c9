using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Emit;

/// <summary>Prints what routines are given.</summary>
internal static class RoutineText
{
    /// <summary>As a parameter.</summary>
    public static string Declaration(RoutineParameter parameter) => parameter switch
    {
        RoutineParameter.Batch => "BatchRows batch",
        RoutineParameter.Tape => "TapeMemory tape",
        RoutineParameter.Share => "WorkShare share",
        RoutineParameter.Steps or RoutineParameter.First or RoutineParameter.Rows => $"nint {Name(parameter)}",
        _ => $"ref float {Name(parameter)}",
    };

    /// <summary>As an argument: a routine passes on what it was given, and the locals of those names.</summary>
    public static string Argument(RoutineParameter parameter) => parameter switch
    {
        RoutineParameter.Weights or RoutineParameter.Reduced or RoutineParameter.State or RoutineParameter.Inputs or RoutineParameter.Outputs => $"ref {Name(parameter)}",
        _ => Name(parameter),
    };

    private static string Name(RoutineParameter parameter) => Ir.Names.Camel(parameter.ToString());
}
